import { EnumField, IdField, Shown } from '../../platform/http/fields.js';
import { CANCELLATION_REASONS, type CancellationReason, WaitlistShown } from '../registration/index.js';

export class JoinWaitlistBody {
  @IdField({ description: '候补的考点科目 · The venue to wait for' })
  venueId: string;
}

export class CancelEntryBody {
  @EnumField({
    description: `取消候补原因 · ${Object.entries(CANCELLATION_REASONS)
      .map(([code, text]) => `${code} ${text.zh}`)
      .join(', ')}`,
    values: Object.keys(CANCELLATION_REASONS),
    name: 'CancellationReason',
  })
  reason: CancellationReason;
}

export class CancellationReasonShown {
  @Shown('Code', { example: 'GIVE_UP' })
  code: string;
  @Shown('Chinese', { example: '放弃科目报考及候补' })
  name: string;
}

export class CancellationShown {
  @Shown('To be shown before cancelling', {
    example: '取消再重新提交候补，将重新排队，可能降低候补成功概率。确定继续？',
  })
  warning: string;
  @Shown('The five reasons', { type: [CancellationReasonShown] })
  reasons: CancellationReasonShown[];
}

export class WaitlistPageShown extends WaitlistShown {
  @Shown('What cancelling asks')
  cancellation: CancellationShown;
}

const WARNING = {
  zh: '取消再重新提交候补，将重新排队，可能降低候补成功概率。确定继续？',
  en: 'Queueing again after cancelling starts at the end and may lower your chance. Continue?',
};

/** R-WL-6: the warning and the reasons, in the language asked for. */
export function cancellationShown(language: 'zh' | 'en'): CancellationShown {
  return {
    warning: WARNING[language],
    reasons: Object.entries(CANCELLATION_REASONS).map(([code, name]) => ({ code, name: name[language] })),
  };
}

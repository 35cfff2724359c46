import { allRefusals, type Bilingual } from '../../kernel/domain-error.js';

/** 取消候补原因 (R-WL-6), in the order of the form. */
export const CANCELLATION_REASONS = {
  GIVE_UP: { zh: '放弃科目报考及候补', en: 'Give up the subject altogether' },
  ENROL_OTHER_CAMPUS: { zh: '换其他校区报考科目', en: 'Enrol at another campus' },
  WAIT_OTHER_CAMPUS: { zh: '换其他校区候补科目', en: 'Wait at another campus' },
  ENROL_OTHER_SUBJECT: { zh: '换同级其他科目报考', en: 'Enrol in another subject of the level' },
  WAIT_OTHER_SUBJECT: { zh: '换同级其他科目候补', en: 'Wait for another subject of the level' },
} as const satisfies Record<string, Bilingual>;
export type CancellationReason = keyof typeof CANCELLATION_REASONS;

const OTHER_ENDINGS: Readonly<Record<string, Bilingual>> = {
  REGISTRATION_DELETED: { zh: '报名信息已删除', en: 'The registration was deleted' },
  WINDOW_CLOSED: { zh: '报名时间已结束', en: 'The registration window is over' },
};

/** 候补备注: why an entry ended, as people read it. The second check's refusals say themselves what they are. */
export function remarkText(code: string): Bilingual {
  const known: Readonly<Record<string, Bilingual>> = { ...CANCELLATION_REASONS, ...OTHER_ENDINGS };
  return known[code] ?? allRefusals().get(code)?.definition.title ?? { zh: code, en: code };
}

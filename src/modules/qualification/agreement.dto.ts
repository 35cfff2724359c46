import { toShanghai } from '../../kernel/clock.js';
import { IntField, Shown, ShownIfAny } from '../../platform/http/fields.js';
import type { AnswerLanguage } from '../../platform/http/language.js';
import type { AgreementAnswer } from './show-agreement.use-case.js';

export class AcceptAgreementBody {
  @IntField({
    description: 'The version that was read and is accepted',
    min: 1,
    max: 1_000_000,
    example: 1,
  })
  version: number;
}

/** 报名协议 */
export class AgreementShown {
  @Shown('Version in force; a new one asks everybody again', { example: 1 })
  version: number;
  @Shown('The whole text; Chinese, English on `Accept-Language: en`')
  text: string;
  @Shown('The same, point by point, without their numbers', { type: [String] })
  points: string[];
  @Shown('When this version was published', { format: 'date-time' })
  publishedAt: string;
  @Shown('Has this account accepted this version?')
  accepted: boolean;
  @ShownIfAny('When it did', { format: 'date-time' })
  acceptedAt?: string;

  static of({ agreement, acceptedAt }: AgreementAnswer, language: AnswerLanguage): AgreementShown {
    const text = language === 'en' ? agreement.textEn : agreement.textZh;
    return {
      version: agreement.version,
      text,
      points: text
        .split('\n')
        .map((line) => line.replace(/^\d+\.\s*/, '').trim())
        .filter((line) => line !== ''),
      publishedAt: toShanghai(agreement.publishedAt),
      accepted: acceptedAt !== undefined,
      ...(acceptedAt ? { acceptedAt: toShanghai(acceptedAt) } : {}),
    };
  }
}

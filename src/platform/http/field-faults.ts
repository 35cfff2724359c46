import type { ValidationError } from 'class-validator';
import type { Bilingual } from '../../kernel/domain-error.js';

export interface FieldFault {
  field: string;
  code: string;
  message: Bilingual;
}

/** Thrown by the validation pipe: the fields that were not let in. */
export class FieldFaultsError extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('Invalid fields');
  }
}

const CODES: Readonly<Record<string, { code: string; message: Bilingual }>> = {
  whitelistValidation: {
    code: 'UNKNOWN_FIELD',
    message: { zh: '没有这个字段', en: 'There is no such field' },
  },
  isString: { code: 'WRONG_TYPE', message: { zh: '应为文字', en: 'Must be text' } },
  isBoolean: { code: 'WRONG_TYPE', message: { zh: '应为 true 或 false', en: 'Must be true or false' } },
  isInt: { code: 'WRONG_TYPE', message: { zh: '应为整数', en: 'Must be a whole number' } },
  isArray: { code: 'WRONG_TYPE', message: { zh: '应为列表', en: 'Must be a list' } },
  isObject: { code: 'WRONG_TYPE', message: { zh: '应为对象', en: 'Must be an object' } },
  nestedValidation: { code: 'WRONG_TYPE', message: { zh: '应为对象', en: 'Must be an object' } },
  minLength: { code: 'TOO_SHORT', message: { zh: '内容过短或为空', en: 'Too short or empty' } },
  maxLength: { code: 'TOO_LONG', message: { zh: '内容过长', en: 'Too long' } },
  min: { code: 'TOO_SMALL', message: { zh: '数值过小', en: 'Too small' } },
  max: { code: 'TOO_LARGE', message: { zh: '数值过大', en: 'Too large' } },
  isFen: {
    code: 'MALFORMED',
    message: { zh: '金额应形如 30 或 30.50', en: 'Must be an amount like 30 or 30.50' },
  },
  isTime: {
    code: 'MALFORMED',
    message: { zh: '时间应形如 2026-11-21 09:00', en: 'Must be a time like 2026-11-21 09:00' },
  },
  isPlainText: {
    code: 'MALFORMED',
    message: { zh: '含有无法保存的字符', en: 'Contains characters that cannot be kept' },
  },
  matches: { code: 'MALFORMED', message: { zh: '格式不正确', en: 'Not in the right form' } },
  isIn: { code: 'NOT_IN_LIST', message: { zh: '不在可选范围内', en: 'Not one of the choices' } },
  equals: { code: 'NOT_IN_LIST', message: { zh: '不在可选范围内', en: 'Not one of the choices' } },
  arrayMinSize: { code: 'TOO_FEW', message: { zh: '至少选择一项', en: 'Choose at least one' } },
  arrayMaxSize: { code: 'TOO_MANY', message: { zh: '选择过多', en: 'Too many' } },
  arrayUnique: { code: 'REPEATED', message: { zh: '有重复的选项', en: 'Something is listed twice' } },
};
const NULLED = {
  code: 'WRONG_TYPE',
  message: { zh: '不能为 null，不填时请省略', en: 'Must not be null: leave it out' },
};
const REQUIRED = { code: 'REQUIRED', message: { zh: '必填', en: 'Is required' } };
const INVALID = { code: 'INVALID', message: { zh: '填写有误', en: 'Is invalid' } };

/** class-validator's tree as a flat list: one fault a field, in the words of `api.md`. */
export function fieldFaults(errors: readonly ValidationError[], path = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = path ? `${path}.${error.property}` : error.property;
    const constraints = Object.keys(error.constraints ?? {});
    const children = error.children ?? [];
    if (children.length > 0 && constraints.length === 0) return fieldFaults(children, field);
    // only a field that may be left out must not be null
    if (constraints.includes('notEquals')) return [{ field, ...NULLED }];
    const unknown = constraints.includes('whitelistValidation');
    const absent = children.length === 0 && (error.value === undefined || error.value === null);
    if (!unknown && absent) return [{ field, ...REQUIRED }];
    const known = constraints.find((constraint) => constraint in CODES);
    return [{ field, ...(known ? CODES[known]! : INVALID) }];
  });
}

import { refusal } from '../../kernel/domain-error.js';

/** The refusals that belong to the door itself, not to any rule. */

export const MALFORMED_REQUEST = refusal(
  'MALFORMED_REQUEST',
  400,
  { zh: '请求无法读取', en: 'The request cannot be read' },
  {
    zh: '请求无法读取：内容应为有效的 JSON（Content-Type: application/json），网址应编码正确。请检查后重新提交。',
    en: 'Send valid JSON (Content-Type: application/json), to an address that is encoded properly.',
  },
);
export const BODY_TOO_LARGE = refusal(
  'BODY_TOO_LARGE',
  413,
  { zh: '提交的内容过大', en: 'The body is too large' },
  { zh: '提交的内容超过 100 kB，请精简后重新提交。', en: 'The body is over 100 kB.' },
);
export const BODY_NOT_TAKEN = refusal(
  'BODY_NOT_TAKEN',
  415,
  { zh: '不接收内容', en: 'No body is taken' },
  {
    zh: '该地址不接收提交的内容，请返回页面重新操作。',
    en: 'Nothing is read here. Go back to the page and try again.',
  },
);
export const FIELD_INVALID = refusal(
  'FIELD_INVALID',
  422,
  { zh: '填写有误', en: 'A field is invalid' },
  {
    zh: '部分内容填写有误，请按提示修改后重新提交。',
    en: 'Correct the fields listed in errors and try again.',
  },
);
export const NOT_FOUND = refusal(
  'NOT_FOUND',
  404,
  { zh: '未找到', en: 'Not found' },
  { zh: '没有找到您要的内容，它可能不存在或不属于您。', en: 'It is not there, or it is not yours.' },
);
export const NOT_SIGNED_IN = refusal(
  'NOT_SIGNED_IN',
  401,
  { zh: '请先登录', en: 'Sign in first' },
  { zh: '您还没有登录，或登录已过期，请重新登录。', en: 'There is no session, or it has ended. Sign in.' },
);
export const FOREIGN_ORIGIN = refusal(
  'FOREIGN_ORIGIN',
  403,
  { zh: '请求来源不受信任', en: 'Request from a foreign page' },
  { zh: '该请求来自其他网站，已被拒绝。', en: 'A page of another site sent this request.' },
);
export const TOO_MANY_ATTEMPTS = refusal(
  'TOO_MANY_ATTEMPTS',
  429,
  { zh: '操作过于频繁', en: 'Too many attempts' },
  { zh: '操作过于频繁，请在 {seconds} 秒后再试。', en: 'Try again in {seconds} seconds.' },
);
export const IDEMPOTENCY_KEY_REUSED = refusal(
  'IDEMPOTENCY_KEY_REUSED',
  422,
  { zh: '请求标识重复使用', en: 'Idempotency key used for another request' },
  {
    zh: '该 Idempotency-Key 已用于内容不同的请求，请换一个新的。',
    en: 'This Idempotency-Key came with another body. Use a new one.',
  },
  'Idempotency-Key',
);
export const REQUEST_IN_PROGRESS = refusal(
  'REQUEST_IN_PROGRESS',
  409,
  { zh: '请求正在处理', en: 'Still being worked on' },
  { zh: '同一请求正在处理中，请稍候再试。', en: 'The same request is being worked on. Try again shortly.' },
);
export const TRY_AGAIN = refusal(
  'TRY_AGAIN',
  503,
  { zh: '系统繁忙', en: 'Busy' },
  { zh: '系统繁忙，本次操作没有生效，请稍后重试。', en: 'Nothing was changed. Try again in a moment.' },
);
export const NO_SUCH_CALL = refusal(
  'NO_SUCH_CALL',
  404,
  { zh: '没有这个接口', en: 'No such call' },
  { zh: '没有这个接口，请查看 /api/docs。', en: 'There is no such call; see /api/docs.' },
);

import { allRefusals, DomainError, refusal } from '../../src/kernel/domain-error.js';

const WAIT = refusal(
  'TEST_WAIT',
  429,
  { zh: '请稍候', en: 'Wait' },
  { zh: '请在 {seconds} 秒后再试。', en: 'Try again in {seconds} seconds.' },
);

describe('a refusal', () => {
  it('is an error that carries its definition and facts', () => {
    const error = WAIT({ values: { seconds: 5 }, retryAfterSeconds: 5 });
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'TEST_WAIT', message: 'TEST_WAIT', facts: { retryAfterSeconds: 5 } });
    expect(error.definition).toBe(WAIT.definition);
  });

  it('fills the facts into the sentence, in either language', () => {
    const error = WAIT({ values: { seconds: 5 } });
    expect(error.detail('zh')).toBe('请在 5 秒后再试。');
    expect(error.detail('en')).toBe('Try again in 5 seconds.');
  });

  it('leaves no placeholder to be read', () => {
    expect(WAIT().detail('en')).toBe('Try again in  seconds.');
  });

  it('can be listed by its code', () => {
    expect(allRefusals().get('TEST_WAIT')).toBe(WAIT);
  });

  it('cannot be defined twice', () => {
    const { title, detail } = WAIT.definition;
    expect(() => refusal('TEST_WAIT', 409, title, detail)).toThrow('one code, one rule');
  });
});

/** For supertest's `.expect(…)`: the answer is the problem of this code. */
export function problem(code: string) {
  return (answer: { body: { code?: string }; headers: Record<string, string> }) => {
    expect(answer.body.code).toBe(code);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  };
}

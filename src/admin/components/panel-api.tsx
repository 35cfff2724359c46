/** What pages of the back office call; `src/admin/panel/panel-api.ts` answers. */

export type FieldFault = { field: string; message: string };

/** The answer was no; the sentence is for people. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly faults: readonly FieldFault[] = [],
  ) {
    super(sentence);
  }
}

const UNREACHABLE = new Refused('UNREACHABLE', '网络连接中断，请检查网络后重试。');

/** The sentence of whatever went wrong. */
export function sentenceOf(error: unknown): string {
  return error instanceof Refused ? error.sentence : UNREACHABLE.sentence;
}

/** Asks a tool, or has it do something: `POST /admin/api/tools/<tool>/<verb>`. @throws Refused */
export function callTool<Answer>(
  tool: string,
  verb: string,
  input: object = {},
  file?: File,
): Promise<Answer> {
  return post<Answer>(`tools/${tool}/${verb}`, input, file);
}

/** Does an action, with rows, input and the version of the form that was filled in. @throws Refused */
export function callAction<Answer>(
  noun: string,
  action: string,
  body: { ids: readonly string[]; input: object; version?: string },
  file?: File,
): Promise<Answer> {
  return post<Answer>(`actions/${noun}/${action}`, body, file);
}

/** Where a download of a tool is; for a link with `download`. */
export function downloadUrl(tool: string, name: string, input: Record<string, string> = {}): string {
  const query = new URLSearchParams(input).toString();
  return `/admin/api/tools/${tool}/${name}${query ? `?${query}` : ''}`;
}

/** @throws Refused */
export async function get<Answer>(path: string): Promise<Answer> {
  return (await answerOf(fetch(`/admin/api/${path}`))).json() as Promise<Answer>;
}

/** Takes a file that a POST answers with, and hands it to the browser to keep. @throws Refused */
export async function keepFile(path: string, input: object): Promise<void> {
  const response = await answerOf(fetch(`/admin/api/${path}`, json(input)));
  const content = await response.blob().catch(() => {
    throw UNREACHABLE;
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileNameOf(response);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const listeners = new Set<() => void>();

/** Calls it whenever an action or a verb was answered, for what is on the page may be another then; gives its end. */
export function whenAnswered(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

async function post<Answer>(path: string, body: object, file?: File): Promise<Answer> {
  const query = file ? `?${new URLSearchParams({ request: JSON.stringify(body), file: file.name })}` : '';
  const request = file
    ? { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file }
    : json(body);
  try {
    return (await (await answerOf(fetch(`/admin/api/${path}${query}`, request))).json()) as Answer;
  } finally {
    for (const listener of listeners) listener();
  }
}

function json(body: object): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

async function answerOf(asked: Promise<Response>): Promise<Response> {
  const response = await asked.catch(() => {
    throw UNREACHABLE;
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string;
    detail?: string;
    errors?: FieldFault[];
  };
  throw new Refused(
    problem.code ?? 'UNKNOWN',
    problem.detail ?? '系统没有给出答复，请稍后重试。',
    problem.errors,
  );
}

function fileNameOf(response: Response): string {
  const header = response.headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1];
  return encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/i.exec(header)?.[1] ?? '导出.csv');
}

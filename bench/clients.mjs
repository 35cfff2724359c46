/** Candidates' programs: HTTP with connections kept alive, one a client. */
import { Agent, request as send } from 'node:http';
import { measure } from './figures.mjs';
import { LONGEST_ROUND_MS } from './options.mjs';

/** After this long an answer counts as none. */
const TIMEOUT_MS = 30_000;

/**
 * So many clients send these calls, each when its last one has been answered. Answers are counted under their status,
 * refusals with their code too.
 * @param {number} port
 * @param {number} clients
 * @param {{ method: string, path: string, token: string, body?: object }[]} calls
 * @param {number} [longestMs]
 */
export async function callBy(port, clients, calls, longestMs = LONGEST_ROUND_MS) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  try {
    return await measure({ clients, tasks: calls, longestMs, work: (call) => answerTo(agent, port, call) });
  } finally {
    agent.destroy();
  }
}

export const enrol = ({ token, venueId }) => ({
  method: 'POST',
  path: '/api/v1/written/enrolments',
  token,
  body: { venueIds: [venueId] },
});

export const openPage = ({ token }) => ({ method: 'GET', path: '/api/v1/registration', token });

export const deleteRegistration = ({ token }) => ({ method: 'DELETE', path: '/api/v1/registration', token });

/** @returns {Promise<string>} `201`, `409 SEATS_FULL`, `ECONNRESET` … */
async function answerTo(agent, port, call) {
  return (await ask(agent, port, call)).word;
}

/**
 * Sends a call and gives its answer; `word` is what it is counted under.
 * @param {{ method: string, path: string, token?: string, body?: object, headers?: object }} call
 * @returns {Promise<{ word: string, status?: number, body?: any }>}
 */
export function ask(agent, port, { method, path, token, body, headers: more }) {
  const content = body && JSON.stringify(body);
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(content && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
    ...more,
  };
  return new Promise((resolve) => {
    const request = send(
      { agent, host: '127.0.0.1', port, method, path, headers, timeout: TIMEOUT_MS },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', (error) => resolve({ word: error.code ?? 'BROKEN_ANSWER' }));
        response.on('end', () => resolve(answerOf(response.statusCode, Buffer.concat(chunks).toString())));
      },
    );
    request.on('timeout', () => request.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })));
    request.on('error', (error) => resolve({ word: error.code ?? 'ERROR' }));
    request.end(content);
  });
}

function answerOf(status, text) {
  const body = text === '' ? undefined : JSON.parse(text);
  return { status, body, word: status < 400 ? String(status) : `${status} ${body.code}` };
}

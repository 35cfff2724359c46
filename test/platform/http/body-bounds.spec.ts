import { once } from 'node:events';
import { type ClientRequest, createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { takeJson } from '../../../src/platform/http/bodies.js';
import { boundBodies } from '../../../src/platform/http/body-bounds.js';

/** A door of little patience; what it lets in is counted, and answered when it has run out. */
async function door() {
  const app = express();
  let taken = 0;
  app.use(boundBodies({ wholeMs: 100, unwantedMs: 100 }));
  app.post('/taken', takeJson, async (_request, response) => {
    taken++;
    await sleep(150);
    response.json({});
  });
  app.use((_request, response) => void response.status(404).json({}));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const call = (path: string, type: string) =>
    send({ port, path, method: 'POST', headers: { 'Content-Type': type } });
  return { call, taken: () => taken, close: () => server.close() };
}

/** Sends a little at a time, without an end, until the connection ends. */
async function dropping(sending: ClientRequest): Promise<void> {
  let over = false;
  sending
    .on('error', () => undefined)
    .once('close', () => {
      over = true;
    });
  while (!over) {
    sending.write('{');
    await sleep(5);
  }
}

test('a body that comes by drops ends with its connection, and nothing came of it', async () => {
  const { call, taken, close } = await door();
  await dropping(call('/taken', 'application/json'));
  expect(taken()).toBe(0);
  close();
});

test('one that was answered unread may come for a while; then its connection ends', async () => {
  const { call, close } = await door();
  const sending = call('/nothing', 'application/octet-stream');
  const answered = once(sending, 'response');
  await dropping(sending);
  expect((await answered)[0].statusCode).toBe(404);
  close();
});

test('whoever has sent everything may wait for the answer for as long as it takes', async () => {
  const { call, taken, close } = await door();
  const sending = call('/taken', 'application/json');
  sending.end('{}');
  const [response] = await once(sending, 'response');
  expect([response.statusCode, taken()]).toEqual([200, 1]);
  response.resume();
  close();
});

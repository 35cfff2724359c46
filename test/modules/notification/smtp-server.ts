import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A mail server of the outside world: as much SMTP as it takes to receive a message, or to refuse it. */
export async function openSmtpServer() {
  const received: string[] = [];
  /** Whom the letters were for, as the envelope says, whatever stands in them. */
  const recipients: string[] = [];
  const server = { url: '', received, recipients, refuses: false, close: async () => undefined as unknown };
  const sockets = new Set<Socket>();

  const listener = createServer((socket) => {
    sockets.add(socket);
    let buffer = '';
    let mail: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 test');
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      buffer += chunk.toString('utf8');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (mail && line !== '.') mail.push(line);
        else if (mail) {
          received.push(mail.join('\n'));
          mail = undefined;
          say('250 taken');
        } else if (line.startsWith('RCPT') && server.refuses) say(`450 ${line.slice(8)} is not available`);
        else if (line.startsWith('RCPT')) {
          recipients.push(line.slice('RCPT TO:<'.length, line.indexOf('>')));
          say('250 ok');
        } else if (line === 'DATA') {
          mail = [];
          say('354 go on');
        } else if (line === 'QUIT') socket.end('221 bye\r\n');
        else say('250 ok');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');

  server.url = `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  server.close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => listener.close(done));
  };
  return server;
}

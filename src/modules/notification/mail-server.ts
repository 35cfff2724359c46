import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { SECONDS } from '../../kernel/clock.js';
import { Config } from '../../platform/config.js';

const PATIENCE_MS = 20 * SECONDS;

/** The SMTP server of `SMTP_URL`, if there is one. */
@Injectable()
export class MailServer implements OnApplicationShutdown {
  private readonly transport?: Transporter;

  constructor(private readonly config: Config) {
    if (!config.smtpUrl) return;
    this.transport = createTransport({
      url: config.smtpUrl,
      pool: true,
      maxConnections: 5,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  get isThere(): boolean {
    return this.transport !== undefined;
  }

  /** @throws Error when the server does not take it */
  async send(mail: { id: string; recipient: string; subject: string; body: string }): Promise<void> {
    await this.transport?.sendMail({
      from: this.config.mailFrom,
      // as an object: text would be parsed, and one address read as another, or as several
      to: { name: '', address: mail.recipient },
      subject: mail.subject,
      text: mail.body,
      // the same at every try, so that a mailbox can tell a repetition
      messageId: `<${mail.id}@${new URL(this.config.publicUrl).hostname}>`,
    });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}

// must fail: library-of-notification
import { createTransport } from 'nodemailer';

export const found = createTransport;

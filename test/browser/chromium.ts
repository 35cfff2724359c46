import { type Browser, chromium } from 'playwright-core';

/** `npm test` says where it found one. */
const PROGRAM = process.env.TEST_BROWSER || '/usr/bin/chromium';

/** Headless Chromium with an empty profile, which speaks to nobody by itself. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAM,
    // what the browser itself writes, into fields of times above all
    env: { ...process.env, LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=zh-CN',
    ],
  });
}

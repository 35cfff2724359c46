/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../support/staff.js';

const ARTIFACTS = resolve('artifacts/browser');

/** As wide as an old notebook, and so high that most pages need no scrolling: a picture shows all of them. */
const WIDTH = 1280;
const HEIGHT = 1600;

/** Latin words that Chinese pages have too. */
const KNOWN = /^(CET|CSV|XLSX|ZIP|JPE?G|KB|MB|GB|UTF|ID|NEEA|IP)$/i;

/**
 * Somebody of the staff at a browser window. It remembers whatever a page must not do: complain on its console, ask
 * another host for something, get an answer that says the server broke.
 */
export class OfficeWindow {
  readonly complaints: string[] = [];
  private loading = 0;

  private constructor(
    private readonly url: string,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** `touch` is for fingers. */
  static async open(browser: Browser, url: string, { touch = false } = {}): Promise<OfficeWindow> {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: WIDTH, height: HEIGHT },
      acceptDownloads: true,
      hasTouch: touch,
    });
    context.setDefaultTimeout(15_000);
    const office = new OfficeWindow(url, context, await context.newPage());
    office.watch();
    return office;
  }

  private watch(): void {
    const { page, complaints, url } = this;
    page.on('console', (message) => {
      // a refusal is an answer people see; Chromium notes every status from 400 on by itself
      const refused = /Failed to load resource: .* status of 4\d\d/.test(message.text());
      if (message.type() === 'error' && !refused) complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      this.loading++;
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url)
        complaints.push(`foreign host: ${request.url()}`);
    });
    page.on('requestfinished', () => this.loading--);
    page.on('requestfailed', () => this.loading--);
    page.on('response', (response) => {
      if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
    });
  }

  /** Signs in by the form and waits for the first page. */
  async signsIn(login: string, password = STAFF_PASSWORD): Promise<void> {
    await this.page.goto('/admin/login');
    await this.page.getByLabel('登录名').fill(login);
    await this.page.getByLabel('密码').fill(password);
    await this.page.getByRole('button', { name: '登录' }).click();
    await this.settles();
  }

  /** Opens a page of the back office, as its links do: without loading everything anew. */
  async goesTo(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      window.history.pushState({}, '', to);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    await this.settles();
  }

  /** Waits until nothing has been loading for a moment. */
  async settles(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet = this.loading === 0 ? quiet + 1 : 0)
      await this.page.waitForTimeout(50);
    if (await this.page.evaluate(() => 'XSS' in window))
      this.complaints.push(`markup ran: ${this.page.url()}`);
  }

  async resize(width: number): Promise<void> {
    await this.page.setViewportSize({ width, height: HEIGHT });
  }

  /** Where the side bar leads, the first page included. */
  async places(): Promise<string[]> {
    const links = await this.page
      .locator('[data-css="sidebar"] a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    return [...new Set(['/admin', ...links])].filter((path) => path.startsWith('/admin'));
  }

  /** What people read, placeholders and the names of pictures included. */
  readText(): Promise<string[]> {
    return this.page.evaluate(visibleTexts);
  }

  /** Latin words left on the page; `data` are the ones that stand there as data: logins, codes, what was typed. */
  async latinWords(data: readonly string[] = []): Promise<string[]> {
    const texts = data.reduce(
      (rest, word) => rest.map((text) => text.replaceAll(word, '')),
      await this.readText(),
    );
    // order numbers and ids are of digits and letters up to F
    const words = texts.flatMap((text) => text.replace(/[\dA-F-]{32,36}/gi, '').match(/[A-Za-z]{2,}/g) ?? []);
    return [...new Set(words)].filter((word) => !KNOWN.test(word));
  }

  /** Pixels that something on the page is wider than the room it has: 0, or people must scroll sideways to read it. */
  overflow(): Promise<number> {
    return this.page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('*')]
          .filter(
            (box) => box === document.documentElement || /auto|scroll/.test(getComputedStyle(box).overflowX),
          )
          .map((box) => box.scrollWidth - box.clientWidth),
      ),
    );
  }

  /** Keeps a picture of the page for people to look at. */
  async keepPicture(name: string): Promise<void> {
    const folder = join(ARTIFACTS, String(this.page.viewportSize()!.width));
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** Runs in the page. */
function visibleTexts(): string[] {
  const shown = (element: Element | null): boolean =>
    element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ?? false;
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement } = node;
    if (shown(parentElement) && !parentElement?.closest('script, style, noscript'))
      texts.push(node.textContent ?? '');
  }
  for (const element of document.body.querySelectorAll('[placeholder], [title], [aria-label], [alt]')) {
    if (!shown(element)) continue;
    for (const name of ['placeholder', 'title', 'aria-label', 'alt'])
      texts.push(element.getAttribute(name) ?? '');
  }
  return texts.map((text) => text.trim()).filter(Boolean);
}

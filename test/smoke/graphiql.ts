import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
const PATIENCE = 30_000;

/** GraphiQL in a browser with an empty profile, and all it asks the network for. */
export async function openGraphiQL(url: string) {
  const profile = await mkdtemp(join(tmpdir(), 'dateline-smoke-browser-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: FLAGS,
    viewport: { width: 1600, height: 900 },
  });
  browser.setDefaultTimeout(PATIENCE);
  const foreignRequests: string[] = [];
  const sockets: string[] = [];
  const note = (address: string) => {
    const { hostname, protocol } = new URL(address);
    if (hostname !== 'localhost' && protocol !== 'data:' && protocol !== 'blob:') foreignRequests.push(address);
  };
  browser.on('request', (request) => note(request.url()));
  const page = await browser.newPage();
  page.on('websocket', (socket) => {
    note(socket.url());
    sockets.push(socket.url());
  });
  await page.goto(url);
  const tabs = page.locator('.graphiql-tab');
  await tabs.first().waitFor();
  const waitForResult = (text: string) => page.locator('.result-window', { hasText: text }).waitFor();
  const tabNames = () => page.locator('.graphiql-tab-button').allTextContents();
  return {
    /** Addresses asked for that are not this machine's. */
    foreignRequests,
    /** Addresses of the WebSockets opened. */
    sockets,
    tabs: tabNames,
    /** Selects a tab, runs what it holds and waits until its result shows a text. */
    async runTab(index: number, expected: string): Promise<void> {
      // By keyboard: tabs slide into place, and a click may meet them on the way.
      await tabs.nth(index).locator('.graphiql-tab-button').press('Enter');
      await page.locator('.graphiql-tab-active', { hasText: (await tabNames())[index] ?? '' }).waitFor();
      await page.locator('.graphiql-execute-button').click();
      await waitForResult(expected);
    },
    waitForResult,
    screenshot: () => page.screenshot(),
    async close(): Promise<void> {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

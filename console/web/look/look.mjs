// Opens every page in Chromium, wide and narrow, light and dark, as each role that sees it. Saves screenshots, runs axe, and fails on
// anything that axe rates serious or critical, on an error in the browser's console, and on a page that is wider than its window. Then
// runs the user journeys (journeys.mjs).
//   CHROMIUM=/usr/bin/chromium node look/look.mjs [DIRECTORY]     (npm run look -- DIRECTORY); PAGES=live,history opens only those, PAGES=journeys runs the journeys
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { start } from '../dev/server.mjs';
import { JOURNEYS } from './journeys.mjs';
import { VISITS } from './visits.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? mkdtempSync(join(tmpdir(), 'console-look-')));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const only = process.env.PAGES?.split(',');
const SIZES = [{ width: 1280, height: 860 }, { width: 400, height: 860 }];

mkdirSync(folder, { recursive: true });
const built = mkdtempSync(join(tmpdir(), 'console-pages-'));
execFileSync(join(here, 'build.sh'), [built], { stdio: 'inherit' });
const server = await start({ port: 0, pages: join(built, 'META-INF/resources') });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });
const faults = [];

try {
  for (const visit of VISITS.filter((one) => only === undefined || only.includes(one.name))) {
    for (const size of SIZES) {
      for (const colorScheme of ['light', 'dark']) {
        await see(visit, size, colorScheme);
      }
    }
  }
  if (only === undefined || only.includes('journeys')) {
    for (const [name, go] of Object.entries(JOURNEYS)) {
      await travel(name, go);
    }
  }
} finally {
  await browser.close();
  server.stop();
}
console.log(`Screenshots are in ${folder}`);
faults.forEach((fault) => console.error(fault));
console.log(faults.length === 0 ? 'Every page is as it should be.' : `${faults.length} faults.`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function travel(name, go) {
  await fetch(`${server.address}/dev/mode`, { method: 'POST', body: JSON.stringify({ mode: 'plain' }) });
  const context = await browser.newContext({ viewport: SIZES[0], locale: 'en-GB', timezoneId: 'Europe/Brussels', baseURL: server.address, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`));
  try {
    await go(page);
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
    await page.screenshot({ path: join(folder, `fault-${name.slice(0, 40).replaceAll(' ', '-')}.png`) }).catch(() => {});
  } finally {
    await context.close();
  }
}

async function see(visit, size, colorScheme) {
  const name = `${visit.name}-${size.width}-${colorScheme}`;
  const context = await browser.newContext({
    viewport: size, colorScheme, locale: visit.locale ?? 'en-GB', timezoneId: 'Europe/Brussels', baseURL: server.address, reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const fault = (text) => faults.push(`${name}: ${text}`);
  page.on('console', (message) => {
    // Messages that the browser logs because of a failing server or a first visit are expected.
    const meant = /status of (400|401|404|409|429|503)/.test(message.text()) && (visit.user === undefined || visit.refused || /\/session/.test(message.location().url));
    if (message.type() === 'error' && !meant) {
      fault(`console: ${message.text()} ${message.location().url}`);
    }
  });
  page.on('pageerror', (error) => fault(`page: ${error.message}`));
  try {
    await mode('plain');
    if (visit.user !== undefined) {
      const answer = await context.request.post('/api/v1/session', { data: { user: visit.user, password: visit.user } });
      if (!answer.ok()) {
        throw new Error(`sign in: ${answer.status()}`);
      }
    }
    await mode(visit.mode ?? 'plain');
    await page.goto(typeof visit.path === 'function' ? await visit.path(context.request) : visit.path);
    await page.getByText(visit.sees).first().waitFor({ timeout: 20_000 });
    await visit.act?.(page);
    await page.evaluate(() => document.fonts.ready);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) {
      fault(`${wide} px wider than its window`);
    }
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: visit.act === undefined });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const { id, impact, nodes } of violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')) {
      fault(`axe ${impact} ${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.failureSummary})`).join(' | ')}`);
    }
  } catch (error) {
    fault(error.message.split('\n')[0]);
    await page.screenshot({ path: join(folder, `${name}-fault.png`) }).catch(() => {});
  } finally {
    await context.close();
  }

  function mode(wanted) {
    return fetch(`${server.address}/dev/mode`, { method: 'POST', body: JSON.stringify({ mode: wanted }) });
  }
}

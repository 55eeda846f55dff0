// User actions on the console's pages, in Chromium. A line of standard input is a request, {"id": 1, "do": "signIn", "user": "admin", …}.
// Each is answered by a line, {"id": 1, "done": true, …}, or with "fault" and a screenshot of what the page showed at that time.
//   CHROMIUM=/usr/bin/chromium AXE=axe.min.js node people.mjs http://127.0.0.1:7585 SCREENSHOTS
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [address, screenshots] = process.argv.slice(2);
const PATIENCE = { timeout: 30_000 };
mkdirSync(screenshots, { recursive: true });
const microphone = join(screenshots, 'microphone.wav');
writeFileSync(microphone, bursts());
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    // A permitted microphone whose sound comes from a file.
    '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}`],
});
/** A separate page for each user. */
const pages = new Map();
let current;

const seen = (locator) => locator.first().waitFor(PATIENCE);
const gone = (locator) => locator.first().waitFor({ state: 'detached', ...PATIENCE });
const endOf = (number) => current.getByRole('button', { name: `End the call to ${number}` });
const talking = (page) => seen(page.getByRole('region', { name: 'Your call' }).getByText('Talking'));

/** Six seconds of 600 Hz, 400 ms on and 200 ms off, because a browser takes a sound without pauses for noise. */
function bursts() {
  const rate = 48_000;
  const samples = Int16Array.from({ length: 6 * rate }, (_, index) =>
    index % (0.6 * rate) < 0.4 * rate ? 12_000 * Math.sin((2 * Math.PI * 600 * index) / rate) : 0);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}

const WISHES = {
  async signIn({ user, password, path }) {
    const context = await browser.newContext({ baseURL: address, locale: 'en-GB', timezoneId: 'Europe/Brussels', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENCE.timeout);
    current = await context.newPage();
    pages.set(user, current);
    await current.goto(path);
    await current.getByLabel('User').fill(user);
    await current.getByRole('textbox', { name: 'Password' }).fill(password);
    await current.keyboard.press('Enter');
    await gone(current.getByLabel('User'));
  },
  async signInByProvider({ user, path, again }) {
    if (!again) {
      const context = await browser.newContext({ baseURL: address, locale: 'en-GB', timezoneId: 'Europe/Brussels', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
      context.setDefaultTimeout(PATIENCE.timeout);
      current = await context.newPage();
      await current.goto(path);
    }
    await current.getByRole('link', { name: again ? 'Sign in as somebody else' : "Sign in with your organisation's account" }).click();
    // The pages of oidc-provider: first sign-in, then consent for the console.
    await current.locator('input[name=login]').fill(user);
    await current.locator('input[name=password]').fill('any');
    await current.keyboard.press('Enter');
    await current.getByRole('button', { name: 'Continue' }).click();
    await current.waitForURL(`${address}/**`);
    pages.set(user, current);
  },
  async signOutAtProvider({ user }) {
    await current.getByRole('button', { name: new RegExp(`^${user}, `) }).click();
    await current.getByRole('menuitem', { name: 'Sign out' }).click();
    await current.getByRole('button', { name: 'Yes, sign me out' }).click();
    await seen(current.getByRole('link', { name: "Sign in with your organisation's account" }));
    // The provider no longer knows the user, and asks again.
    await current.getByRole('link', { name: "Sign in with your organisation's account" }).click();
    await seen(current.locator('input[name=login]'));
  },
  async as({ user, path }) {
    current = pages.get(user);
    await current.goto(path);
  },
  async editGreeting({ text }) {
    await seen(current.getByText('What the agent gets'));
    await current.getByLabel('Greeting').fill(text);
    await current.getByRole('button', { name: 'Save' }).click();
    await seen(current.locator('dd', { hasText: text }));
  },
  async switchNumber({ number, on }) {
    const toggle = current.getByRole('switch', { name: `Number ${number} on or off` });
    await seen(toggle);
    await toggle.focus();
    await current.keyboard.press('Space');
    await current.waitForFunction(
      ([name, wanted]) => document.querySelector(`[role=switch][aria-label="${name}"]`)?.checked === wanted, [`Number ${number} on or off`, on], PATIENCE);
  },
  sees({ text }) {
    return seen(current.getByText(text));
  },
  shows({ text }) {
    return current.getByText(text).first().isVisible();
  },
  gone({ text }) {
    return gone(current.getByText(text));
  },
  onBoard({ number }) {
    return seen(current.getByRole('table').getByRole('row').filter({ hasText: number }).filter({ hasText: 'Talking' }));
  },
  offBoard({ number }) {
    return gone(current.getByRole('table').getByRole('row').filter({ hasText: number }));
  },
  async endCall({ number }) {
    await endOf(number).first().click();
    await current.getByRole('dialog').getByRole('button', { name: 'End the call' }).click();
    await gone(endOf(number));
  },
  async openCallOf({ number }) {
    // Requests the history again until it contains the call.
    const link = () => current.getByRole('table').getByRole('row').filter({ hasText: number }).getByRole('link').first();
    for (let tries = 0; tries < 30 && await link().count() === 0; tries++) {
      await current.reload();
      await Promise.race([seen(current.getByRole('table')), seen(current.getByText('Nothing fits'))]);
    }
    await link().click();
    await seen(current.getByRole('region', { name: 'What happened' }));
  },
  has({ button }) {
    return current.getByRole('button', { name: button }).count();
  },
  async text({ region }) {
    return await current.getByRole('region', { name: region }).innerText();
  },
  async ladder() {
    // The messages arrive on their own topic, possibly after the call's last event.
    const ladder = () => current.getByRole('region', { name: 'SIP messages' });
    for (let tries = 0; tries < 30 && await ladder().getByText('ACK', { exact: true }).count() === 0; tries++) {
      await current.reload();
      await Promise.race([seen(ladder().getByText('INVITE', { exact: true })), seen(ladder().getByText('No SIP messages'))]);
    }
    return ladder().innerText();
  },
  async assign({ organisation }) {
    await current.getByRole('button', { name: /^(Reassign|Assign)$/ }).first().click();
    const dialog = current.getByRole('dialog');
    await dialog.getByRole('combobox').click();
    await current.getByRole('option', { name: organisation }).click();
    await dialog.getByRole('button', { name: /^(Reassign|Assign)$/ }).click();
    await gone(dialog);
  },
  /** Returns what would change, or what is wrong with the file. */
  async tryFile({ text }) {
    const shown = current.getByRole('region', { name: 'What would change' });
    await current.getByLabel('Directory file').fill(text);
    await current.getByRole('button', { name: 'See what would change' }).click();
    await seen(shown.or(current.getByRole('alert')));
    return await shown.count() > 0 ? shown.innerText() : current.getByRole('alert').first().innerText();
  },
  /** Returns what has changed, or why nothing has. */
  async applyFile() {
    await current.getByRole('button', { name: 'Apply the file' }).click();
    const dialog = current.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Apply the file' }).click();
    const done = current.getByRole('region', { name: 'Applied' });
    await seen(done.or(dialog.getByRole('alert')));
    if (await done.count() > 0) {
      return done.innerText();
    }
    const why = await dialog.getByRole('alert').innerText();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    return why;
  },
  fileIs() {
    return current.getByLabel('Directory file').inputValue();
  },
  async reload() {
    await current.reload();
  },
  turnTo({ user }) {
    current = pages.get(user);
  },
  async takeCall({ number }) {
    await current.getByRole('button', { name: `Take the call to ${number}` }).click();
    await seen(current.getByRole('region', { name: 'Your call' }));
  },
  talks() {
    return talking(current);
  },
  /** Returns the outcome for each of the users who press at the same time. */
  async bothTake({ users, number }) {
    const buttons = users.map((user) => pages.get(user).getByRole('button', { name: `Take the call to ${number}` }));
    await Promise.all(buttons.map(seen));
    await Promise.all(buttons.map((button) => button.click()));
    return Promise.all(users.map((user) => {
      const told = pages.get(user).getByText(/ has this call\.$/);
      return Promise.race([talking(pages.get(user)).then(() => 'talks'), seen(told).then(() => told.first().innerText())]);
    }));
  },
  /** Returns the loudest level within two seconds. */
  level({ meter }) {
    return current.getByRole('meter', { name: meter }).evaluate(async (element) => {
      let most = 0;
      for (let looks = 0; looks < 20; looks++) {
        most = Math.max(most, Number(element.getAttribute('aria-valuenow')));
        await new Promise((done) => setTimeout(done, 100));
      }
      return most;
    });
  },
  async press({ button, link }) {
    await current.getByRole(button === undefined ? 'link' : 'button', { name: button ?? link, exact: true }).click();
  },
  async note({ text }) {
    await current.getByLabel('New note').fill(text);
    await current.getByRole('button', { name: 'Add the note' }).click();
    await seen(current.getByText(text, { exact: true }));
    await current.waitForFunction(() => document.querySelector('textarea')?.value === '', undefined, PATIENCE);
  },
  async hangUpAtDesk() {
    await current.getByRole('button', { name: 'Hang up' }).click();
    await current.getByRole('dialog').getByRole('button', { name: 'Hang up' }).click();
  },
  async handOver({ to, first }) {
    await current.getByRole('button', { name: 'Transfer' }).click();
    const dialog = current.getByRole('dialog');
    await dialog.getByLabel('To whom').fill(to);
    if (first) {
      await dialog.getByLabel('Speak with them first').check();
    }
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await gone(dialog);
  },
  /** Takes pictures of the page, wide and narrow, light and dark, and returns the problems found there. */
  async pictures({ name }) {
    const faults = [];
    const before = current.viewportSize();
    for (const width of [1280, 400]) {
      for (const colorScheme of ['light', 'dark']) {
        await current.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await current.setViewportSize({ width, height: 860 });
        // Waits for sliding animations to finish after the window has become narrow.
        await current.waitForTimeout(500);
        await current.screenshot({ path: join(screenshots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        const wide = await current.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) {
          faults.push(`${name} ${width} ${colorScheme}: ${wide} px wider than its window`);
        }
        await current.evaluate(readFileSync(process.env.AXE, 'utf8'));
        const { violations } = await current.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        faults.push(...violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${name} ${width} ${colorScheme}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`));
      }
    }
    await current.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
    await current.setViewportSize(before);
    return faults;
  },
  async network({ on }) {
    await current.context().setOffline(!on);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const wish = JSON.parse(line);
  try {
    const value = await WISHES[wish.do](wish);
    say({ id: wish.id, done: true, ...(value === undefined ? {} : { value }) });
  } catch (fault) {
    const file = join(screenshots, `${wish.id}-${wish.do}.png`);
    await current?.screenshot({ path: file, fullPage: true }).catch(() => {});
    say({ id: wish.id, fault: `${fault.message.split('\n')[0]}; the page then: ${file}` });
  }
}
await browser.close();

function say(what) {
  process.stdout.write(JSON.stringify(what) + '\n');
}

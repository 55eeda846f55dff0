// User journeys through the pages, in a browser, against the fixture server. Each journey is a name and steps that fail if a page does not
// do what it promises. look.mjs runs them after the screenshots.
import assert from 'node:assert/strict';

const signIn = async (page, user, path) => {
  await page.goto(path);
  await page.getByLabel('User').fill(user);
  await page.getByRole('textbox', { name: 'Password' }).fill(user);
  await page.keyboard.press('Enter');
};
const seen = (locator) => locator.first().waitFor({ timeout: 20_000 });
const gone = (locator) => locator.first().waitFor({ state: 'detached', timeout: 20_000 });

export const JOURNEYS = {
  'signing in by the keyboard leads to where one wanted to go, and out again': async (page) => {
    await signIn(page, 'demo', '/history?outcome=refused&period=30d');
    await seen(page.getByRole('heading', { name: 'History' }));
    assert.equal(new URL(page.url()).search, '?outcome=refused&period=30d');
    await page.getByRole('button', { name: 'demo, Account and language' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await seen(page.getByLabel('User'));
  },
  'an address of another site is no place to go after signing in': async (page) => {
    await signIn(page, 'demo', '/signin?to=//evil.example/');
    await seen(page.getByRole('heading', { name: 'Live calls' }));
    assert.equal(new URL(page.url()).pathname, '/live');
  },
  'a greeting that is edited is what the next call gets, and other settings stay': async (page) => {
    await signIn(page, 'demo', '/numbers/%2B3225550100');
    await seen(page.getByText('What the agent gets'));
    await page.getByLabel('Greeting').fill('Good afternoon.');
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save' }).click();
    assert.deepEqual((await sent).postDataJSON(), { config_override: { greeting: 'Good afternoon.', tools: ['orders', 'calendar'] } });
    await seen(page.locator('dd', { hasText: 'Good afternoon.' }));
    await page.getByLabel('Greeting').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await seen(page.locator('dd', { hasText: 'Welkom bij de bakkerij.' }));
  },
  'a number is switched off from the list, and stays off': async (page) => {
    await signIn(page, 'demo', '/numbers');
    const number = () => page.getByRole('switch', { name: 'Number +3225550101 on or off' });
    await seen(number());
    await number().focus();
    await page.keyboard.press('Space');
    await seen(page.getByRole('row', { name: /Wholesale/ }).getByText('Off'));
    await page.reload();
    await seen(number());
    assert.equal(await number().isChecked(), false);
  },
  'a live call that is ended leaves the board': async (page) => {
    await signIn(page, 'admin', '/live?number=%2B3225550101');
    const end = page.getByRole('button', { name: 'End the call to +3225550101' });
    await end.click();
    await page.getByRole('dialog').getByRole('button', { name: 'End the call' }).click();
    await gone(end);
    await seen(page.getByText('Nothing fits these filters'));
  },
  'a filter stands in the address, and its calls lead to their trace': async (page) => {
    await signIn(page, 'admin', '/history?period=30d');
    await seen(page.getByRole('row'));
    await page.getByRole('combobox', { name: 'Outcome' }).click();
    await page.getByRole('option', { name: 'Refused' }).click();
    await page.waitForURL(/outcome=refused/);
    await gone(page.getByRole('table').getByText('Answered', { exact: true }));
    await page.getByRole('table').getByRole('link').first().click();
    await seen(page.getByText(/^Refused with \d+/));
    await page.goBack();
    assert.match(page.url(), /outcome=refused/);
  },
  'more calls are shown below the first page': async (page) => {
    await signIn(page, 'admin', '/history?period=30d');
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 100, undefined, { timeout: 20_000 });
  },
  'a note is added to a call': async (page) => {
    await signIn(page, 'desk', '/history');
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByLabel('New note').fill('Calls back on Monday.');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await seen(page.getByText('Calls back on Monday.').and(page.locator('p')));
  },
  'numbers are pasted, seen, and added': async (page) => {
    await signIn(page, 'admin', '/numbers');
    await page.getByRole('button', { name: 'Add numbers' }).click();
    await page.getByLabel('Numbers, one per line').fill('+32 2 555 03 00; Night shift; bakery; 3\n+32 2 555 03 01');
    await page.getByRole('button', { name: 'Add 2' }).click();
    await seen(page.getByRole('link', { name: '+3225550300' }));
  },
  'support sees settings and can change none': async (page) => {
    await signIn(page, 'support', '/numbers');
    await seen(page.getByText('Wholesale'));
    assert.equal(await page.getByRole('switch', { name: /on or off/ }).count(), 0);
    await page.goto('/numbers/%2B3225550100');
    await seen(page.getByText('What the agent gets'));
    assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0);
    await page.goto('/live');
    await seen(page.getByText('Talking'));
    assert.equal(await page.getByRole('button', { name: /End the call/ }).count(), 0);
  },
  'a language is chosen, and kept': async (page) => {
    await signIn(page, 'demo', '/live');
    await page.getByRole('button', { name: 'demo, Account and language' }).click();
    await page.getByRole('menuitem', { name: 'Nederlands' }).click();
    await seen(page.getByRole('heading', { name: 'Lopende gesprekken' }));
    await page.reload();
    await seen(page.getByRole('heading', { name: 'Lopende gesprekken' }));
    assert.equal(await page.getAttribute('html', 'lang'), 'nl');
  },
  'a session that the server has ended leads to signing in, and back to the page': async (page) => {
    await signIn(page, 'demo', '/analytics');
    await seen(page.getByText('Busiest:'));
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Numbers', exact: true }).click();
    await seen(page.getByText('Your session is over'));
    await page.getByLabel('User').fill('demo');
    await page.getByRole('textbox', { name: 'Password' }).fill('demo');
    await page.keyboard.press('Enter');
    await seen(page.getByRole('heading', { name: 'Numbers' }));
  },
  'a directory file is applied only after what it changes was seen, and as that': async (page) => {
    await signIn(page, 'admin', '/directory');
    const file = page.getByLabel('Directory file');
    await seen(file);
    await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('bakery-orders'));
    await page.getByRole('button', { name: 'See what would change' }).click();
    await seen(page.getByText('Nothing would change'));
    await page.locator('input[type=file]').setInputFiles({ name: 'new.yaml', mimeType: 'application/yaml', buffer: Buffer.from('organisations: []') });
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'organisations: []');
    assert.equal(await page.getByRole('button', { name: 'Apply the file' }).count(), 0);
    await page.getByRole('button', { name: 'See what would change' }).click();
    await seen(page.getByRole('row', { name: /config\.greeting/ }).getByText('Goedemorgen'));
    await page.getByRole('button', { name: 'Apply the file' }).click();
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('dialog').getByRole('button', { name: 'Apply the file' }).click();
    assert.match((await sent).url(), /whole=false&changes=0a1b$/);
    await seen(page.getByRole('region', { name: 'Applied' }));
    assert.equal(await page.getByRole('button', { name: 'Apply the file' }).count(), 0);
  },
};

// Every page and state to visit. `sees` is a text that appears once the page is loaded; `act` runs before the screenshot.

const newest = (filter) => async (request) => {
  const { calls } = await (await request.get(`/api/v1/history?limit=200&${filter}`)).json();
  return `/calls/${(calls.find((call) => call.notes > 0) ?? calls[0]).callId}`;
};

export const VISITS = [
  { name: 'signin', path: '/live', sees: 'Your calls, numbers and agents' },
  {
    name: 'signin-wrong', path: '/signin', sees: 'Your calls, numbers and agents',
    act: async (page) => {
      await page.getByLabel('User').fill('nobody' + Math.random());
      await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('User or password is wrong').waitFor();
    },
  },
  { name: 'signin-provider', mode: 'provider', path: '/signin?refused=no-role', sees: 'Your account has no role here' },
  { name: 'live', user: 'admin', path: '/live', sees: 'Talking' },
  { name: 'live-desk', user: 'desk', path: '/live', sees: 'Talking' },
  { name: 'live-empty', user: 'demo', mode: 'empty', path: '/live', sees: 'No calls at this moment' },
  { name: 'live-failing', user: 'demo', mode: 'failing', refused: true, path: '/live', sees: 'The console cannot do that now' },
  {
    name: 'live-end', user: 'admin', path: '/live', sees: 'Talking',
    act: async (page) => {
      await page.getByRole('button', { name: 'End the call to +3225550100' }).first().click();
      await page.getByText('is disconnected at once').waitFor();
    },
  },
  {
    name: 'alarms', user: 'admin', path: '/live', sees: 'Talking',
    act: async (page) => {
      await page.getByRole('button', { name: 'Alarms: 2' }).click();
      await page.getByText('No agent came for 5 calls').waitFor();
    },
  },
  { name: 'desk', user: 'desk', path: '/desk', sees: 'anna' },
  { name: 'desk-empty', user: 'desk', mode: 'empty', path: '/desk', sees: 'Nobody is waiting' },
  { name: 'desk-off', user: 'support', mode: 'provider', path: '/desk', sees: 'The desk is off' },
  {
    name: 'desk-taken', user: 'desk', refused: true, path: '/desk', sees: 'anna',
    act: async (page) => {
      await page.getByRole('row').filter({ hasText: 'anna' }).getByRole('button', { name: /^Take the call/ }).click();
      await page.getByText('anna has this call.').waitFor();
    },
  },
  { name: 'history', user: 'admin', path: '/history', sees: 'Answered' },
  { name: 'history-refused', user: 'demo', path: '/history?period=30d&outcome=refused', sees: 'Refused' },
  { name: 'history-empty', user: 'demo', path: '/history?search=nothing-has-this', sees: 'Nothing fits these filters' },
  { name: 'history-failing', user: 'demo', mode: 'failing', refused: true, path: '/history', sees: 'The console cannot do that now' },
  { name: 'call', user: 'demo', path: newest('outcome=answered&organisation=bakery'), sees: 'What happened' },
  { name: 'call-refused', user: 'admin', path: newest('outcome=refused'), sees: 'Refused with' },
  { name: 'call-live', user: 'demo', path: '/calls/019a8c3e-5b7d-7c41-9d2e-000000900001', sees: 'the call is up' },
  { name: 'call-unknown', user: 'demo', refused: true, path: '/calls/none', sees: 'Not found' },
  { name: 'analytics', user: 'admin', path: '/analytics?period=30d', sees: 'Busiest:' },
  { name: 'analytics-week', user: 'demo', path: '/analytics', sees: 'Busiest:' },
  { name: 'analytics-empty', user: 'demo', mode: 'empty', path: '/analytics', sees: 'No calls in this period' },
  { name: 'numbers', user: 'admin', path: '/numbers', sees: 'Wholesale' },
  { name: 'numbers-tenant', user: 'demo', path: '/numbers', sees: 'Wholesale' },
  { name: 'numbers-support', user: 'support', path: '/numbers', sees: 'Wholesale' },
  { name: 'numbers-empty', user: 'admin', mode: 'empty', path: '/numbers', sees: 'No numbers yet' },
  { name: 'numbers-loading', user: 'admin', mode: 'slow', path: '/numbers', sees: 'Who has which number' },
  {
    name: 'numbers-add', user: 'admin', path: '/numbers', sees: 'Wholesale',
    act: async (page) => {
      await page.getByRole('button', { name: 'Add numbers' }).click();
      await page.getByLabel('Numbers, one per line').fill('+32 2 555 02 00; Night shift; bakery; 3\n+32 2 555 02 01\nno number 1');
      await page.getByText('Line 3').waitFor();
    },
  },
  { name: 'number', user: 'demo', path: '/numbers/%2B3225550100', sees: 'What the agent gets' },
  { name: 'number-admin', user: 'admin', path: '/numbers/%2B3225550100', sees: 'Whose it is' },
  {
    name: 'number-reassign', user: 'admin', path: '/numbers/%2B3225550100', sees: 'Whose it is',
    act: async (page) => {
      await page.getByRole('button', { name: 'Reassign' }).click();
      await page.getByText('starts afresh').waitFor();
    },
  },
  { name: 'trunks', user: 'admin', path: '/trunks', sees: 'Registered until' },
  { name: 'rules', user: 'admin', path: '/rules', sees: 'clinic-desk' },
  { name: 'rules-empty', user: 'admin', mode: 'empty', path: '/rules', sees: 'No rules yet' },
  { name: 'explain', user: 'admin', path: '/explain?to=02+555+01+00', sees: 'The call would go to room' },
  { name: 'explain-refused', user: 'demo', path: '/explain?to=02+555+01+99', sees: 'Refused with 404' },
  { name: 'directory', user: 'admin', path: '/directory', sees: 'This is the whole directory' },
  {
    name: 'directory-changes', user: 'admin', path: '/directory', sees: 'This is the whole directory',
    act: async (page) => {
      await page.getByLabel('Directory file').fill('organisations: []');
      await page.getByRole('switch', { name: 'This is the whole directory' }).focus();
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'See what would change' }).click();
      await page.getByText('1 removed').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'directory-faults', user: 'admin', refused: true, path: '/directory', sees: 'This is the whole directory',
    act: async (page) => {
      await page.getByLabel('Directory file').fill('rules: [{name: a, trunks: [nowhere]}]');
      await page.getByRole('button', { name: 'See what would change' }).click();
      await page.getByText('there is no trunk nowhere').scrollIntoViewIfNeeded();
    },
  },
  { name: 'directory-de', user: 'admin', locale: 'de-DE', path: '/directory', sees: 'Dies ist das ganze Verzeichnis' },
  { name: 'keys', user: 'admin', path: '/keys', sees: 'Wallboard of the bakery' },
  {
    name: 'keys-made', user: 'demo', path: '/keys', sees: 'Reports',
    act: async (page) => {
      await page.getByRole('button', { name: 'Create a key' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Nightly export');
      await page.getByRole('dialog').getByRole('button', { name: 'Create a key' }).click();
      await page.getByText('it is shown only once').waitFor();
    },
  },
  { name: 'keys-empty', user: 'demo', mode: 'empty', path: '/keys', sees: 'No keys yet' },
  { name: 'privacy', user: 'admin', path: '/privacy', sees: 'clinic: 90 days' },
  { name: 'nowhere', user: 'demo', path: '/no/such/page', sees: 'There is no such page' },
  { name: 'forbidden', user: 'desk', path: '/numbers', sees: 'Your role may not do that' },
  { name: 'live-de', user: 'admin', locale: 'de-DE', path: '/live', sees: 'Im Gespräch' },
  { name: 'history-it', user: 'admin', locale: 'it-IT', path: '/history', sees: 'Risposta' },
  { name: 'number-nl', user: 'demo', locale: 'nl-BE', path: '/numbers/%2B3225550100', sees: 'Wat de agent krijgt' },
];

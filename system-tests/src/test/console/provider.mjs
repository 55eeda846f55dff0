// An identity provider (oidc-provider) that knows some people; any password is correct. Prints a line when it listens.
//   node provider.mjs 19099 http://127.0.0.1:19085 CLIENT SECRET
console.info = console.warn = console.error;
const { Provider } = await import('oidc-provider');

const [port, consoleUrl, client, secret] = process.argv.slice(2);
const PEOPLE = {
  anna: { preferred_username: 'anna', groups: ['everybody', 'tenant'], organisation: 'demo' },
  cook: { preferred_username: 'cook', groups: ['kitchen'], organisation: 'demo' },
};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: client,
    client_secret: secret,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [`${consoleUrl}/api/v1/session/oidc/callback`],
    post_logout_redirect_uris: [`${consoleUrl}/signin`],
  }],
  claims: { openid: ['sub'], profile: ['preferred_username', 'groups', 'organisation'], email: ['email'] },
  cookies: { keys: ['of the tests'] },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log(JSON.stringify({ listening: true })));

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestHeader, parseChallenge } from '../../hardware/controllers/digest.ts'

/** RFC 7616, 3.9.1: what the server asks for, and what the browser answers. */
const RFC = {
  sha256:
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
  md5: 'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
}
const SHELLY =
  'Digest qop="auth", realm="shellyplus1-a8032ab12345", nonce="q83vAAECAwQFBgcICQoLDA==", algorithm=SHA-256'

describe('a challenge', () => {
  test('is found among several, and MD5 is left aside', () => {
    const expected = {
      realm: 'http-auth@example.org',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
      stale: false,
    }
    expect(parseChallenge(RFC.sha256)).toEqual(expected)
    expect(parseChallenge(`${RFC.md5}, ${RFC.sha256}`)).toEqual(expected)
    expect(parseChallenge(`Basic realm="x", ${RFC.sha256}`)).toEqual(expected)
    expect(parseChallenge(RFC.md5)).toBeNull()
  })

  test('keeps the = signs at the end of a nonce, and hears that the old one is stale', () => {
    expect(parseChallenge(SHELLY)).toMatchObject({ nonce: 'q83vAAECAwQFBgcICQoLDA==', opaque: null, stale: false })
    expect(parseChallenge(`${SHELLY}, stale=true`)).toMatchObject({ stale: true })
    expect(parseChallenge(`${SHELLY},stale="TRUE"`)).toMatchObject({ stale: true })
  })

  test.each([
    '',
    'Digest',
    'Basic realm="shelly"',
    'Digest realm="a", qop="auth", algorithm=SHA-256',
    'Digest nonce="a", qop="auth", algorithm=SHA-256',
    'Digest realm="a", nonce="b", algorithm=SHA-256',
    'Digest realm="a", nonce="b", qop="auth-int", algorithm=SHA-256',
    'Digest realm="a", nonce="b", qop="auth"',
    'Digest realm="a", nonce="b, qop="auth", algorithm=SHA-256',
  ])('that nobody can answer is none: %s', (header) => {
    expect(parseChallenge(header)).toBeNull()
  })

  test('may be anything at all without harm', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('Digest ', 'realm=', 'nonce=', '"', '\\', ',', '=', ' ', 'qop="auth"', 'algorithm=SHA-256'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const challenge = parseChallenge(pieces.join(''))
        if (challenge !== null) expect(typeof challenge.nonce).toBe('string')
      }),
      { numRuns: 20_000 },
    )
  })
})

test("the answer is RFC 7616's own", () => {
  const challenge = parseChallenge(RFC.sha256)
  if (challenge === null) throw new Error('There is no challenge.')
  const header = digestHeader({
    challenge,
    user: 'Mufasa',
    password: 'Circle of Life',
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  })
  expect(header).toContain('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"')
  expect(header).toMatch(/^Digest username="Mufasa", realm="http-auth@example\.org", uri="\/dir\/index\.html", /)
  for (const field of ['algorithm=SHA-256', 'nc=00000001', 'qop=auth', `opaque="${challenge.opaque}"`])
    expect(header.split(', ')).toContain(field)
})

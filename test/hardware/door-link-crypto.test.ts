import { expect, test } from 'vitest'
import {
  replySignature,
  requestSignature,
  sameSignature,
  serverProof,
  sessionKey,
} from '../../hardware/sim/door-link-crypto.ts'

// The test vector of docs/door-link.md.
const KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
const NONCES = { door: 'front', clientNonce: 'a'.repeat(32), serverNonce: 'b'.repeat(32) }
const REQUEST = '{"id":"00000000-0000-4000-8000-000000000001","card":"6F007B3972"}'
const REPLY = '{"grant":true,"reason":"ok","open_ms":3000,"receipt":"r1","list_rev":7}'

test('the printed test vector comes out to the last digit', () => {
  expect(serverProof(KEY, NONCES)).toBe('bcd9fdfd940fe5049e7024ccb6e6196375d1d10ca073b7b39343c5505804e513')
  const session = sessionKey(KEY, NONCES)
  expect(Buffer.from(session).toString('hex')).toBe('fb0a86b415af4161c7b59bbc4c9e14b6aadc35666642db4bb15e24cd3321c6f5')
  const request = { seq: 1, method: 'POST', path: '/door/v1/check', body: REQUEST }
  const signature = '1ec3392847fbe7b1a9ab7c2c273c3aeb6b76670cc655911da555ade94f4ce44a'
  expect(requestSignature(session, request)).toBe(signature)
  expect(requestSignature(session, { ...request, seq: '1', body: Buffer.from(REQUEST) })).toBe(signature)
  expect(replySignature(session, { seq: 1, status: 200, body: REPLY })).toBe(
    '24c9f4db60272f46238ede8864183f4f99dd0cd7050f39b81632597fef9df9a6',
  )
})

test('only the same text is the same signature', () => {
  const signature = serverProof(KEY, NONCES)
  expect(sameSignature(signature, signature)).toBe(true)
  for (const other of [
    undefined,
    null,
    '',
    signature.toUpperCase(),
    signature.slice(1),
    `${signature} `,
    `é${signature}`,
  ]) {
    expect(sameSignature(signature, other)).toBe(false)
  }
})

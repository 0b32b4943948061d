// The schema that requests and replies are held against: it is of the SDK that is installed, and nobody has edited it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { faultOfReply } from '../../src/main/sandbox/check-reply.ts'
import { API_VERSION } from '../../src/main/sandbox/render.ts'
import { ROUTES } from '../../src/main/sandbox/routes.ts'
import { loadSchema } from '../../src/main/sandbox/schema.ts'
import { open } from './open.ts'

const root = path.resolve(import.meta.dirname, '../..')
const text = readFileSync(path.join(root, 'src/main/sandbox/stripe-schema.json'), 'utf8')
const schema = await loadSchema()

test('it carries the version of the SDK that is installed, and a hash of its content that holds', () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/stripe/package.json'), 'utf8'))
  expect(schema).toMatchObject({ stripe: version, api: API_VERSION })
  const [head = '', ...content] = text.split(/(?<="sha256": "[0-9a-f]{64}",\n)/)
  expect(head).toContain(schema.sha256)
  const hashed = content.join('').replace(/\n\}\n$/, '')
  expect(createHash('sha256').update(hashed).digest('hex')).toBe(schema.sha256)
  expect(text.length).toBeLessThan(450_000)
})

test('every route that the sandbox answers has its parameters in it', () => {
  expect(Object.keys(ROUTES).filter((route) => schema.requests[route] === undefined)).toEqual([])
})

test('enums are closed, and no field is open to whatever comes', () => {
  const status = JSON.stringify(schema.objects.subscription)
  expect(status).toContain(
    '"enum":["active","canceled","incomplete","incomplete_expired","past_due","paused","trialing","unpaid"]',
  )
  for (const [name, object] of Object.entries(schema.objects)) {
    expect([name, object]).toMatchObject([name, { additionalProperties: false }])
  }
})

test('a validator that we did not write agrees about whole lists of replies', async () => {
  const { sandbox } = await open()
  const ajv = new Ajv({ strict: false, validateFormats: false, inlineRefs: false })
  ajv.addSchema(schema, 'stripe')
  const headers = { authorization: `Bearer ${sandbox.key}` }
  for (const [kind, noun] of [
    ['subscription', 'subscriptions'],
    ['price', 'prices'],
  ]) {
    const validate = ajv.compile({ $ref: `stripe#/objects/${kind}` })
    const { data } = await (await fetch(`${sandbox.url}/v1/${noun}?limit=30`, { headers })).json()
    expect(data.length).toBeGreaterThan(3)
    for (const object of data) {
      expect([validate(object), validate.errors]).toEqual([true, null])
      expect(faultOfReply(schema, object)).toBeNull()
      const broken = { ...object, [kind === 'price' ? 'type' : 'status']: 'sometimes' }
      expect([validate(broken), faultOfReply(schema, broken) === null]).toEqual([false, false])
    }
  }
})

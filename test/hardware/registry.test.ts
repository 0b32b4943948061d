import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { listPorts } from '../../hardware/ports.ts'
import { READER_PROFILES } from '../../hardware/registry.ts'

test('profiles are found by the name that the command line takes', () => {
  for (const [name, profile] of READER_PROFILES) expect(profile.name).toBe(name)
  expect([...READER_PROFILES.keys()]).toEqual(
    expect.arrayContaining(['rdm6300', 'id12la', 'em18', 'line', 'pn532', 'wiegand-text', 'wedge', 'pcsc']),
  )
})

test('the ports of this computer are listed without fail', async () => {
  const { ports } = await listPorts()
  for (const port of ports) expect(port.label).not.toBe('')
})

test('without udevadm the list comes from /dev/serial/by-id, with a sentence', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'latchkey-ports-'))
  const byIdDir = join(dir, 'by-id')
  mkdirSync(byIdDir)
  writeFileSync(join(dir, 'ttyUSB0'), '')
  symlinkSync('../ttyUSB0', join(byIdDir, 'usb-1a86_USB_Serial-if00-port0'))
  symlinkSync('../gone', join(byIdDir, 'usb-pulled_out'))
  const list = () => Promise.reject(Object.assign(new Error('spawn udevadm ENOENT'), { code: 'ENOENT' }))
  try {
    const { ports, sentence } = await listPorts({ list, byIdDir })
    expect(ports).toEqual([
      {
        path: join(dir, 'ttyUSB0'),
        label: '1a86 USB Serial-if00-port0',
        ids: { link: 'usb-1a86_USB_Serial-if00-port0' },
      },
    ])
    expect(sentence).toContain('install the package udev')
    expect((await listPorts({ list, byIdDir: join(dir, 'nowhere') })).ports).toEqual([])
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('the real listing survives a computer without udevadm', async () => {
  vi.stubEnv('PATH', '/nowhere')
  try {
    const { sentence } = await listPorts()
    if (process.platform === 'linux') expect(sentence).toContain('type the path of the reader')
  } finally {
    vi.unstubAllEnvs()
  }
})

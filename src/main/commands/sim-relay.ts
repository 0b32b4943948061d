// `latchkey sim relay`: a simulated Shelly relay that runs until it is told to end, for trying a door without hardware.
import { randomBytes } from 'node:crypto'
import { type Lasting, text } from './command.ts'

export const SIM_RELAY: Lasting = {
  words: 'sim relay',
  args: '--port N [--password P]',
  about: 'a simulated Shelly relay at this computer, which says when it opens and closes; its input takes: state, quit',
  options: { port: { type: 'string' }, password: { type: 'string' } },
  async start(values, { out, err, stdin }) {
    const port = text(values.port) ?? ''
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
      return { usage: '--port is where the relay is served, from 0 (any that is free) to 65535.' }
    const password = text(values.password)
    const { runShellyProcess } = await import('../../../hardware/sim/shelly-process.ts')
    return runShellyProcess({
      port: Number(port),
      ...(password !== undefined && { password }),
      random: randomBytes,
      input: stdin,
      say: out,
      complain: err,
    })
  },
}

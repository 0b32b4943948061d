import { test } from 'vitest'
import { rig, card } from '/work/main/test/hardware/uhppote-rig.ts'
import { until } from '/work/main/test/hardware/until.ts'
test('latency', async () => {
  const times: number[] = []
  let open = (_: string) => {}
  const w = await rig({ driver: { pace: {}, events: { asked: (s: any) => open(s.card) } as never } })
  w.board.hold(...Array.from({length: 20000}, (_, n) => card(100+n)))
  let t = performance.now(); await w.device.read(); console.log('read 20,000 cards', Math.round(performance.now()-t), 'ms')
  await w.takeOver()
  for (let n = 0; n < 300; n++) {
    const began = performance.now()
    await new Promise<void>((resolve) => { open = () => void w.device.open('front', 4500).then(() => { times.push(performance.now()-began); resolve() }); w.board.swipe(1000+n, 1) })
  }
  times.sort((a,b)=>a-b); console.log('swipe to acknowledged opening p50', times[150]!.toFixed(2), 'p99', times[296]!.toFixed(2))
  t = performance.now(); await w.device.apply(Array.from({length: 300}, (_, n) => ({ door: 'front', card: String(90000+n), wanted: { card: String(90000+n), until: 0, lastDay: '2027-01-01', hours: n % 2 ? [] : [{days:[1,2],from:'09:00',to:'10:00'}] } })))
  console.log('300 cards applied', Math.round(performance.now()-t))
  await until('x', () => true)
})

// What has to be said first about a device at a door: not taken over yet, behind with what it must forget, knows no hours.
import { useState } from 'react'
import type { Door } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { sayMoment } from '../../format/moments.ts'
import { deviceWords as words } from '../../messages/devices-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { AdoptDevice } from './adopt-device.tsx'

type Props = { door: Pick<Door, 'id' | 'name' | 'device'> }

export function DeviceNotices({ door: { id, name, device } }: Props) {
  const [adopting, setAdopting] = useState(false)
  const voice = useVoice()
  const deed = useDeed()
  if (device === null) return null
  const choose = (hours: 'days-only' | 'leave-off') =>
    void deed.run('doors.setDeviceHours', { id, hours }, 'doors.list', 'doors.health')
  return (
    <>
      {(!device.adopted || device.otherDesk !== null) && (
        <Notice
          tone={device.adopted ? 'grace' : 'note'}
          action={
            <Button size="small" onClick={() => setAdopting(true)}>
              {words.takeOver}
            </Button>
          }
        >
          {device.adopted && device.otherDesk !== null ? words.otherDesk(device.otherDesk) : words.lookedAt}
        </Notice>
      )}
      {device.toRemove > 0 && device.since !== null && (
        <Notice tone="refused">
          {words.behind(device.toRemove, sayMoment(Date.parse(device.since), deskNow(), voice))}
        </Notice>
      )}
      {device.inHours > 0 && (
        <Notice
          tone="grace"
          action={
            <div className="flex flex-wrap gap-2">
              <Button size="small" disabled={deed.busy} onClick={() => choose('days-only')}>
                {words.daysOnly}
              </Button>
              <Button size="small" disabled={deed.busy} onClick={() => choose('leave-off')}>
                {words.leaveOff}
              </Button>
            </div>
          }
        >
          {words.inHours(device.inHours)}
        </Notice>
      )}
      <RefusalLine refusal={deed.refusal} />
      {adopting && <AdoptDevice door={{ id, name }} onClose={() => setAdopting(false)} />}
    </>
  )
}

// Everything as files.
import { Download } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { inputClass } from '../../components/field.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { byMailWords as words } from '../../messages/by-mail-en.ts'
import { type Deed, useDeed } from '../../state/deed.ts'
import { saveBytes, saveFile } from '../../state/save-file.ts'

const DAYS = [7, 31, 92, 365]
const LISTS = [
  ['export.members', words.members, words.membersAbout],
  ['export.memberships', words.memberships, words.membershipsAbout],
  ['export.latePayments', words.latePayments, words.latePaymentsAbout],
] as const

export function ByMailFiles() {
  const [days, setDays] = useState(31)
  const daysId = useId()
  const csv = async (deed: Deed, name: (typeof LISTS)[number][0]) => {
    const outcome = await deed.run(name, {})
    if (outcome.ok) saveFile(outcome.value.name, outcome.value.csv)
  }
  const visits = async (deed: Deed) => {
    const outcome = await deed.run('export.visits', { days })
    if (outcome.ok) saveFile(outcome.value.name, outcome.value.csv)
  }
  const pdf = async (deed: Deed) => {
    const outcome = await deed.run('report.pdf', {})
    if (outcome.ok) saveBytes(outcome.value.name, outcome.value.base64, 'application/pdf')
  }
  return (
    <Section title={words.files} about={words.filesAbout}>
      <ul className="divide-y divide-line rounded-md border border-line">
        <FileLine title={words.pdf} about={words.pdfAbout} button={words.pdfSave} label={words.pdfSave} save={pdf} />
        {LISTS.map(([name, title, about]) => (
          <FileLine
            key={name}
            title={title}
            about={about}
            button={words.file}
            label={words.fileOf(title)}
            save={(deed) => csv(deed, name)}
          />
        ))}
        <FileLine
          title={words.visits}
          about={words.visitsAbout}
          button={words.file}
          label={words.fileOf(words.visits)}
          save={visits}
        >
          <span className="mt-2 flex items-center gap-2">
            <label htmlFor={daysId} className="text-13 whitespace-nowrap text-ink-2">
              {words.days}
            </label>
            <select
              id={daysId}
              value={days}
              onChange={(event) => setDays(Number(event.target.value))}
              className={`${inputClass} h-8! w-auto!`}
            >
              {DAYS.map((one) => (
                <option key={one} value={one}>
                  {words.daysOf(one)}
                </option>
              ))}
            </select>
          </span>
        </FileLine>
      </ul>
    </Section>
  )
}

type LineProps = {
  title: string
  about: string
  button: string
  label: string
  save: (deed: Deed) => Promise<void>
  children?: ReactNode
}

function FileLine({ title, about, button, label, save, children }: LineProps) {
  const deed = useDeed()
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_220px]">
          <p className="text-14 font-medium">{title}</p>
          <p className="text-13 text-ink-3">{about}</p>
          {children}
        </div>
        <Button size="small" aria-label={label} disabled={deed.busy} onClick={() => void save(deed)}>
          <Download className="size-4" />
          {deed.busy ? words.making : button}
        </Button>
      </div>
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}

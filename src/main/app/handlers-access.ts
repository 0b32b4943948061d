// The calls about who may open what and when, each mapped to its use case.
import type { accessCalls } from '../../preload/calls-access.ts'
import { changeDoor } from './change-door.ts'
import type { HandlersOf } from './handler-type.ts'
import { readHolidays, writeHolidays } from './holidays.ts'
import { listGroups, removeGroup, saveGroup } from './manage-groups.ts'
import { listHours, removeHours, saveHours } from './manage-hours.ts'
import { listInductions, removeInduction, saveInduction } from './manage-inductions.ts'
import { askInductions, restrictDoor } from './restrict-door.ts'
import { done } from './result.ts'

export const accessHandlers = {
  'hours.list': (deps) => done(listHours(deps)),
  'hours.save': (deps, args) => saveHours(deps, args),
  'hours.remove': (deps, { id }) => removeHours(deps, id),
  'holidays.get': (deps) => done(readHolidays(deps)),
  'holidays.set': (deps, { holidays }) => writeHolidays(deps, holidays),
  'groups.list': (deps) => done(listGroups(deps)),
  'groups.save': (deps, args) => saveGroup(deps, args),
  'groups.remove': (deps, { id }) => removeGroup(deps, id),
  'inductions.list': (deps) => done(listInductions(deps)),
  'inductions.save': (deps, args) => saveInduction(deps, args),
  'inductions.remove': (deps, { id }) => removeInduction(deps, id),
  'doors.set': (deps, args) => changeDoor(deps, args),
  'doors.setPlans': (deps, args) => restrictDoor(deps, args),
  'doors.setInductions': (deps, args) => askInductions(deps, args),
} satisfies HandlersOf<typeof accessCalls>

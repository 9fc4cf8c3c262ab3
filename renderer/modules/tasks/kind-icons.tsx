import { CircleCheckBig, MapPin, MessageSquareText, Phone, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TaskKind } from './tasks-model.ts'

const ICONS: Record<TaskKind, ReactNode> = {
  todo: <CircleCheckBig />,
  call: <Phone />,
  meeting: <Users />,
  visit: <MapPin />,
  message: <MessageSquareText />,
}

export const kindIcon = (kind: TaskKind): ReactNode => ICONS[kind]

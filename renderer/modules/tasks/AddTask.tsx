import { ruleText } from '../../../shared/domain/recurrence.ts'
import type { AddDialogProps } from '../../app/module.ts'
import { useMinute, useToday } from '../../app/today.ts'
import { quickTask } from './quick-task.ts'
import { TaskDialog } from './TaskDialog.tsx'

/** A new task from anywhere; what was typed in the palette is read as one line. */
export function AddTask({ isOpen, onClose, text }: AddDialogProps) {
  const now = { day: useToday(), minute: useMinute() }
  if (!isOpen) return null
  const read = text ? quickTask(text, now) : null
  return (
    <TaskDialog
      initial={
        read
          ? { title: read.title, kind: read.kind, when: read.when, rule: read.rule && ruleText(read.rule) }
          : undefined
      }
      onClose={onClose}
    />
  )
}

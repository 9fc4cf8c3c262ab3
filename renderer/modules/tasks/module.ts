import { BellRing, CircleCheckBig, ListTodo } from 'lucide-react'
import type { RendererModule } from '../../app/module.ts'
import { AddTask } from './AddTask.tsx'
import { RingCenter } from './RingCenter.tsx'
import { TaskEntry } from './TaskEntry.tsx'
import { TasksPage } from './TasksPage.tsx'

/** What is to be done, and the bell. */
export const tasksModule: RendererModule = {
  name: 'tasks',
  routes: [{ path: '/tasks', component: TasksPage, title: 'tasks:title' }],
  menu: [{ to: '/tasks', label: 'tasks:title', icon: ListTodo, permission: 'customers.read' }],
  add: { label: 'tasks:add', icon: CircleCheckBig, keys: ['T'], permission: 'tasks.write', Dialog: AddTask },
  commands: [
    {
      id: 'tasks.list',
      label: 'tasks:command.list',
      words: 'tasks:command.words',
      icon: ListTodo,
      keys: ['G K'],
      permission: 'customers.read',
      run: (app) => app.go('/tasks'),
    },
    {
      id: 'tasks.add',
      label: 'tasks:command.add',
      words: 'tasks:command.words',
      icon: CircleCheckBig,
      keys: ['T', 'Alt+T'],
      permission: 'tasks.write',
      run: (app) => app.openAdd('tasks'),
    },
    {
      id: 'tasks.rings',
      label: 'tasks:command.rings',
      icon: BellRing,
      keys: ['F7'],
      hidden: true,
      run: () =>
        document
          .querySelector<HTMLElement>('[data-rings] .ring-actions button, [data-rings] article > button')
          ?.focus(),
    },
  ],
  timeline: {
    kinds: ['task'],
    Entry: TaskEntry,
    chips: [{ id: 'task', label: 'tasks:chip', kinds: ['task'] }],
  },
  keyNotes: [
    { keys: ['Space'], label: 'tasks:key.done', group: 'tasks:title' },
    { keys: ['Enter', 'E', 'F2'], label: 'tasks:key.open', group: 'tasks:title' },
    { keys: ['S'], label: 'tasks:key.snooze', group: 'tasks:title' },
    { keys: ['L'], label: 'tasks:key.log', group: 'tasks:title' },
    { keys: ['H'], label: 'tasks:key.hand', group: 'tasks:title' },
    { keys: ['O'], label: 'tasks:key.take', group: 'tasks:title' },
    { keys: ['Delete'], label: 'tasks:key.remove', group: 'tasks:title' },
    { keys: ['F7'], label: 'tasks:command.rings', group: 'tasks:title' },
  ],
  Notice: RingCenter,
}

import { EyeOff, Keyboard, Languages, Lock, Moon, Search, Sun, SunMoon, UsersRound } from 'lucide-react'
import type { RendererModule } from './module.ts'

/** What the shell itself can do, for the palette and the key map. */
export const appModule: RendererModule = {
  name: 'app',
  routes: [],
  commands: [
    {
      id: 'app.palette',
      label: 'app:command.palette',
      icon: Search,
      keys: ['Ctrl+K', '/'],
      hidden: true,
      run: (app) => app.openPalette(),
    },
    { id: 'app.keys', label: 'app:keys.title', icon: Keyboard, keys: ['?', 'F1'], run: (app) => app.openKeys() },
    {
      id: 'app.counter',
      label: 'app:command.counter',
      words: 'app:command.counterWords',
      icon: EyeOff,
      keys: ['F8'],
      run: (app) => app.toggleCounterMode(),
    },
    {
      id: 'app.seat',
      label: 'users:command.seat',
      words: 'users:command.seatWords',
      icon: UsersRound,
      keys: ['F9'],
      run: (app) => app.openSeat(),
    },
    {
      id: 'app.lock',
      label: 'users:command.lock',
      words: 'users:command.lockWords',
      icon: Lock,
      keys: ['Ctrl+Shift+L'],
      run: (app) => app.lock(),
    },
    {
      id: 'app.light',
      label: 'app:command.light',
      words: 'app:command.lightWords',
      icon: Sun,
      run: (app) => app.setTheme('light'),
    },
    {
      id: 'app.dark',
      label: 'app:command.dark',
      words: 'app:command.darkWords',
      icon: Moon,
      run: (app) => app.setTheme('dark'),
    },
    {
      id: 'app.system',
      label: 'app:command.system',
      words: 'app:command.systemWords',
      icon: SunMoon,
      run: (app) => app.setTheme('system'),
    },
    {
      id: 'app.persian',
      label: 'app:command.persian',
      words: 'app:command.persianWords',
      icon: Languages,
      run: (app) => app.setLanguage('fa'),
    },
    {
      id: 'app.english',
      label: 'app:command.english',
      words: 'app:command.englishWords',
      icon: Languages,
      run: (app) => app.setLanguage('en'),
    },
  ],
  keyNotes: [
    { keys: ['Enter'], label: 'app:keyNote.next', group: 'app:keyGroup.form' },
    { keys: ['Ctrl+Enter', 'F2'], label: 'app:keyNote.save', group: 'app:keyGroup.form' },
    { keys: ['Esc'], label: 'app:keyNote.close', group: 'app:keyGroup.form' },
    { keys: ['↑', '↓'], label: 'app:keyNote.move', group: 'app:keyGroup.list' },
    { keys: ['Enter'], label: 'app:keyNote.open', group: 'app:keyGroup.list' },
    { keys: ['F6'], label: 'app:keyNote.toast', group: 'app:keyGroup.everywhere' },
  ],
}

import { api } from '../../api/client.ts'

/** Whether this browser shows notifications of this page, and whether it may be asked. */
export type Allowed = 'granted' | 'denied' | 'default' | 'never'

export const allowed = (): Allowed => (typeof Notification === 'undefined' ? 'never' : Notification.permission)

/** Says it outside of the page: by the desktop program, else by the browser where that was allowed. */
export async function tellOutside(notice: { title: string; body: string; task_id: string | null }, open: () => void) {
  const { shown } = await api.tasks.notify(notice).catch(() => ({ shown: false }))
  if (shown || allowed() !== 'granted') return
  try {
    const note = new Notification(notice.title, {
      body: notice.body,
      tag: notice.task_id ?? 'missed',
      dir: document.dir === 'rtl' ? 'rtl' : 'ltr',
    })
    note.onclick = () => {
      window.focus()
      note.close()
      open()
    }
  } catch {
    // Some browsers only notify from a service worker; the page itself shows the ring.
  }
}

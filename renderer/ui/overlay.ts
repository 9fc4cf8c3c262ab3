/** A dialog on the screen; a toast is an alertdialog in a region and stops no key. */
export const OPEN_DIALOG = '[role=dialog], [role=alertdialog]:not([role=region] *)'

/** The frame of things that float: menus, lists, calendars. They go at once: what still fades out has the keys. */
export const popoverClass =
  'min-w-(--trigger-width) overflow-auto rounded-lg bg-surface text-sm text-text shadow-overlay outline-none ' +
  'data-entering:animate-in data-entering:fade-in-0 data-entering:duration-100'

/** A row of a menu or list. */
export const optionClass =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none select-none hover:bg-surface-2 data-focused:bg-surface-2 ' +
  'data-disabled:opacity-50 data-selected:font-semibold'

import { useRouter } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useApp } from '../../app/app-context.ts'
import { useToast } from '../../ui/Toast.tsx'
import { inputOf, isEnough, nameOfForm, patchOf } from './form-model.ts'
import type { EditState } from './use-edit.ts'
import { useNameText } from './use-name-text.ts'

/** Saving and leaving the form: only changed fields go to the engine; leaving keeps the draft and says so. */
export function useSave(edit: EditState, record: Customer | undefined) {
  const { t } = useTranslation('customers')
  const app = useApp()
  const router = useRouter()
  const toast = useToast()
  const [isNeeded, setNeeded] = useState(false)
  const nameText = useNameText()
  const naming = () => nameText(nameOfForm(edit.current().form))
  const add = useCommand(api.customers.add, { message: () => t('edit.added', { name: naming() }) })
  const update = useCommand(api.customers.update, { message: () => t('edit.saved', { name: naming() }) })

  /** Back to where the form was opened from; its record when it was opened by address. */
  const leave = (id: string | undefined) => {
    if (id && !record) app.go(`/customers/${id}`)
    else if (router.history.canGoBack()) router.history.back()
    else app.go(id ? `/customers/${id}` : '/customers')
  }
  // A ref, for a key that is held: its second press comes before the first has been drawn.
  const isBusy = useRef(false)
  const save = async () => {
    if (isBusy.current) return
    isBusy.current = true
    await saveOnce().finally(() => {
      isBusy.current = false
    })
  }
  const saveOnce = async () => {
    // A tag that was typed and not yet taken is taken by leaving its box; then what is being made is waited for.
    const box = document.activeElement
    if (box instanceof HTMLElement && box.matches('[role=combobox]')) {
      box.blur()
      box.focus()
    }
    await edit.settled()
    const { base, form } = edit.current()
    if (!isEnough(form)) return setNeeded(true)
    setNeeded(false)
    if (!record) {
      const added = await add.run(inputOf(form))
      if (!added) return
      edit.clearDraft()
      return leave(added.id)
    }
    const patch = patchOf(base, form)
    if (Object.keys(patch).length === 0) toast({ message: t('edit.nothing'), timeout: 4000 })
    else if (!(await update.run({ id: record.id, patch }))) return
    edit.clearDraft()
    leave(record.id)
  }
  const close = () => {
    if (edit.isDirty) {
      edit.keepDraft()
      toast({ message: t('edit.draftKept'), timeout: 6000 })
    }
    leave(record?.id)
  }
  return { save, close, isSaving: add.isRunning || update.isRunning, isNeeded }
}

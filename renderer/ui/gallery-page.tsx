import { Phone, Plus, Search, Settings } from 'lucide-react'
import { useState } from 'react'
import { Button } from './Button.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { Dialog } from './Dialog.tsx'
import { useFormKeys } from './form-keys.ts'
import { GalleryFields } from './gallery-fields.tsx'
import { GalleryGrid } from './gallery-grid.tsx'
import { GalleryParts } from './gallery-parts.tsx'
import { IconButton } from './IconButton.tsx'
import { Kbd } from './Kbd.tsx'
import type { Language } from './locale.ts'
import { Select } from './Select.tsx'
import { SidePanel } from './SidePanel.tsx'
import { TextField } from './TextField.tsx'
import { useToast } from './Toast.tsx'

const cities = [
  { id: 'teh', label: 'تهران' },
  { id: 'isf', label: 'اصفهان', description: 'نصف جهان' },
  { id: 'shz', label: 'شیراز' },
]

export function GalleryPage({ language, part }: { language: Language; part: string }) {
  if (part === 'grid') return <GalleryGrid language={language} />
  if (part === 'fields') return <GalleryFields language={language} />
  if (part === 'parts') return <GalleryParts language={language} />
  return <GalleryBasics language={language} />
}

function GalleryBasics({ language }: { language: Language }) {
  const fa = language === 'fa'
  const toast = useToast()
  const [name, setName] = useState(fa ? 'علی رضایی' : 'Ali Rezaei')
  const [city, setCity] = useState<string | null>('isf')
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null)
  const keys = useFormKeys({ onSave: () => toast({ message: fa ? 'ذخیره شد' : 'Saved', tone: 'ok' }) })
  return (
    <main className="flex gap-4 p-5">
      <div className="flex flex-1 flex-col gap-4">
        <h1 className="text-xl font-bold">{fa ? 'نمونهٔ اجزا' : 'Gallery'}</h1>
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" icon={<Plus />} kbd="N" onPress={() => setOpen('dialog')}>
            {fa ? 'افزودن' : 'Add'}
          </Button>
          <Button icon={<Phone />}>{fa ? 'ثبت تماس' : 'Log a call'}</Button>
          <Button variant="ghost">{fa ? 'بیشتر' : 'More'}</Button>
          <Button variant="danger" onPress={() => setOpen('confirm')}>
            {fa ? 'حذف' : 'Delete'}
          </Button>
          <Button size="sm">{fa ? 'کوچک' : 'Small'}</Button>
          <Button isDisabled>{fa ? 'خاموش' : 'Disabled'}</Button>
          <IconButton label={fa ? 'تنظیمات' : 'Settings'} icon={<Settings />} />
          <IconButton label={fa ? 'جستجو' : 'Search'} icon={<Search />} variant="outline" kbd="Ctrl K" />
          <Kbd>Ctrl K</Kbd>
          <Button
            onPress={() =>
              toast({
                message: fa ? '۳ مشتری حذف شد' : '3 customers deleted',
                action: { label: fa ? 'برگرداندن' : 'Undo', onAction: () => {} },
              })
            }
          >
            {fa ? 'پیام' : 'Toast'}
          </Button>
        </div>
        <form {...keys} className="grid grid-cols-2 gap-4 rounded-card border border-line bg-surface p-4">
          <TextField label={fa ? 'نام' : 'Name'} value={name} onChange={setName} isRequired />
          <Select label={fa ? 'شهر' : 'City'} options={cities} value={city} onChange={setCity} isClearable />
          <TextField
            label={fa ? 'تلفن' : 'Phone'}
            value=""
            onChange={() => {}}
            warning={fa ? 'این شماره برای «مینا کاظمی» هم ثبت شده است.' : 'Another customer has this number.'}
          />
          <TextField
            label={fa ? 'ایمیل' : 'E-mail'}
            dir="ltr"
            value="ali@example"
            onChange={() => {}}
            error={fa ? 'نشانی ایمیل کامل نیست.' : 'The address is not complete.'}
          />
          <TextField label={fa ? 'یادداشت' : 'Note'} multiline value={name} onChange={setName} className="col-span-2" />
          <Button type="submit" variant="primary" kbd="F2" isDefault className="w-fit">
            {fa ? 'ذخیره' : 'Save'}
          </Button>
        </form>
      </div>
      <SidePanel
        title={fa ? 'علی رضایی' : 'Ali Rezaei'}
        onClose={() => {}}
        footer={<Button>{fa ? 'ویرایش' : 'Edit'}</Button>}
      >
        <p className="text-muted">{fa ? 'مدیر خرید · شرکت پخش گلستان' : 'Buyer'}</p>
      </SidePanel>
      <Dialog
        isOpen={open === 'dialog'}
        onClose={() => setOpen(null)}
        title={fa ? 'مشتری جدید' : 'New customer'}
        onSave={() => setOpen(null)}
        footer={
          <>
            <Button variant="primary" kbd="F2" onPress={() => setOpen(null)}>
              {fa ? 'ذخیره' : 'Save'}
            </Button>
            <Button onPress={() => setOpen(null)}>{fa ? 'انصراف' : 'Cancel'}</Button>
          </>
        }
      >
        <TextField label={fa ? 'نام' : 'Name'} value={name} onChange={setName} autoFocus />
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onClose={() => setOpen(null)}
        onConfirm={() => {}}
        title={fa ? 'پاک کردن همهٔ داده‌ها' : 'Erase everything'}
        confirmLabel={fa ? 'پاک کن' : 'Erase'}
      >
        {fa ? 'این کار برگشت ندارد.' : 'This cannot be undone.'}
      </ConfirmDialog>
    </main>
  )
}

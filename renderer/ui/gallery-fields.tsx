import { useState } from 'react'
import { Checkbox } from './Checkbox.tsx'
import { CodeField } from './CodeField.tsx'
import { ComboBox, type ComboValue } from './ComboBox.tsx'
import { useFormKeys } from './form-keys.ts'
import { JDateField } from './JDateField.tsx'
import type { Language } from './locale.ts'
import { MoneyField } from './MoneyField.tsx'
import { type MonthDay, MonthDayField } from './MonthDayField.tsx'
import { NumberField } from './NumberField.tsx'
import type { Choice } from './option-search.ts'
import { PhoneField } from './PhoneField.tsx'
import { RadioGroup } from './RadioGroup.tsx'
import { Section } from './Section.tsx'
import { SegmentedControl } from './SegmentedControl.tsx'
import { Switch } from './Switch.tsx'
import { TagInput } from './TagInput.tsx'

const cities = ['تهران', 'اصفهان', 'شیراز', 'مشهد', 'تبریز', 'علی‌آباد کتول'].map((label) => ({ id: label, label }))
const tags: Choice[] = [
  { id: 'gold', label: 'طلایی', tone: 'warn' },
  { id: 'wholesale', label: 'عمده', tone: 'violet' },
  { id: 'late', label: 'بدحساب', tone: 'bad' },
]

export function GalleryFields({ language }: { language: Language }) {
  const w = (fa: string, en: string) => (language === 'fa' ? fa : en)
  const [phone, setPhone] = useState('09123456789')
  const [land, setLand] = useState('02188776655')
  const [odd, setOdd] = useState('0912')
  const [money, setMoney] = useState<number | null>(124_500_000)
  const [count, setCount] = useState<number | null>(1200)
  const [day, setDay] = useState<string | null>('2026-11-22')
  const [birthday, setBirthday] = useState<MonthDay | null>({ jy: 1365, jm: 9, jd: 1 })
  const [card, setCard] = useState('6037991234567890')
  const [city, setCity] = useState<ComboValue | null>({ id: 'تهران', label: 'تهران' })
  const [chosen, setChosen] = useState<readonly Choice[]>(tags.slice(0, 2))
  const [on, setOn] = useState(true)
  const [kind, setKind] = useState<'person' | 'company' | null>('person')
  const [theme, setTheme] = useState<'light' | 'dark'>('light')
  const [saved, setSaved] = useState(0)
  const keys = useFormKeys({ onSave: () => setSaved(saved + 1) })
  return (
    <main className="p-5">
      <h1 className="text-xl font-bold">{w('فیلدها', 'Fields')}</h1>
      <form {...keys} data-saved={saved}>
        <Section
          title={w('تماس و پول', 'Contact and money')}
          description={w('هر رقمی با هر صفحه‌کلیدی پذیرفته می‌شود.', 'Any digits are accepted.')}
        >
          <PhoneField
            label={w('موبایل', 'Mobile')}
            value={phone}
            onChange={setPhone}
            duplicate={w('این شماره برای «مینا کاظمی» هم ثبت شده است.', 'Mina has it too.')}
          />
          <PhoneField label={w('تلفن ثابت', 'Landline')} value={land} onChange={setLand} />
          <PhoneField label={w('شمارهٔ کوتاه', 'Odd number')} value={odd} onChange={setOdd} />
          <MoneyField label={w('سقف اعتبار', 'Credit limit')} unit="toman" value={money} onChange={setMoney} />
          <NumberField label={w('تعداد', 'Count')} value={count} onChange={setCount} min={0} max={5000} />
          <CodeField label={w('شماره کارت', 'Card')} value={card} onChange={setCard} groups={[4, 4, 4, 4]} />
          <JDateField label={w('سررسید', 'Due')} value={day} onChange={setDay} today="2026-11-22" />
          <MonthDayField label={w('تاریخ تولد', 'Birthday')} value={birthday} onChange={setBirthday} />
          <ComboBox label={w('شهر', 'City')} value={city} onChange={setCity} choices={cities} allowsCustom />
          <TagInput
            label={w('برچسب‌ها', 'Tags')}
            value={chosen}
            onChange={setChosen}
            choices={tags}
            onCreate={(label) => ({ id: label, label })}
          />
        </Section>
        <Section title={w('انتخاب‌ها', 'Choices')}>
          <Switch
            label={w('حالت پیشخوان', 'Counter mode')}
            description={w('مانده و اعتبار پنهان می‌شود.', 'Hides balances.')}
            value={on}
            onChange={setOn}
          />
          <Checkbox label={w('در فهرست سیاه', 'Blacklisted')} value={on} onChange={setOn} />
          <RadioGroup
            label={w('نوع', 'Kind')}
            orientation="horizontal"
            value={kind}
            onChange={setKind}
            options={[
              { id: 'person', label: w('شخص', 'Person') },
              { id: 'company', label: w('شرکت', 'Company') },
            ]}
          />
          <SegmentedControl
            label={w('ظاهر', 'Theme')}
            value={theme}
            onChange={setTheme}
            options={[
              { id: 'light', label: w('روشن', 'Light') },
              { id: 'dark', label: w('تیره', 'Dark') },
            ]}
          />
        </Section>
      </form>
    </main>
  )
}

import { BookOpenText, Calculator, FileSpreadsheet, Globe, Mail, Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'

const TIPS = {
  phone: Smartphone,
  google: Globe,
  excel: FileSpreadsheet,
  accounting: Calculator,
  mail: Mail,
  paper: BookOpenText,
} as const

/** Where each program keeps the list that can be brought in. */
export function Tips() {
  const { t } = useTranslation()
  return (
    <Card title={t('imports:tips.title')}>
      <ul className="grid grid-cols-3 gap-x-6 gap-y-4 max-lg:grid-cols-2 max-md:grid-cols-1">
        {Object.entries(TIPS).map(([id, Icon]) => (
          <li key={id} className="flex gap-2.5">
            <Icon className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden="true" />
            <div className="min-w-0">
              <h3 className="font-semibold">{t(`imports:tips.${id}.title` as 'imports:tips.phone.title')}</h3>
              <p className="text-[0.8125rem] text-muted">{t(`imports:tips.${id}.text` as 'imports:tips.phone.text')}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

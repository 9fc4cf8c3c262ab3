import { MoreHorizontal, Trash2, Users } from 'lucide-react'
import { Avatar } from './Avatar.tsx'
import { Badge } from './Badge.tsx'
import { Button } from './Button.tsx'
import { Card } from './Card.tsx'
import { DayText } from './DayText.tsx'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'
import { FileDrop } from './FileDrop.tsx'
import { IconButton } from './IconButton.tsx'
import type { Language } from './locale.ts'
import { Marked } from './Marked.tsx'
import { Menu } from './Menu.tsx'
import { MoneyText } from './MoneyText.tsx'
import { PhoneText } from './PhoneText.tsx'
import { Progress } from './Progress.tsx'
import { Stat } from './Stat.tsx'
import { Steps } from './Steps.tsx'
import { Tabs } from './Tabs.tsx'
import { Tag } from './Tag.tsx'
import type { Tone } from './tones.ts'

const tones: Tone[] = ['neutral', 'accent', 'ok', 'warn', 'bad', 'violet']

export function GalleryParts({ language }: { language: Language }) {
  const w = (fa: string, en: string) => (language === 'fa' ? fa : en)
  return (
    <main className="flex flex-col gap-4 p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="text-xl font-bold">{w('اجزا', 'Parts')}</h1>
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {w('در خطر', tone)}
          </Badge>
        ))}
        {tones.map((tone) => (
          <Tag key={tone} tone={tone} label={w('عمده‌فروش', 'Wholesale')} onRemove={() => {}} />
        ))}
        {['a1', 'b2', 'c3', 'd4'].map((id) => (
          <Avatar
            key={id}
            id={id}
            name={w('شرکت پخش گلستان', 'Golestan')}
            kind={id === 'a1' ? 'company' : 'person'}
            size="md"
          />
        ))}
        <Menu
          label={w('کارها', 'Actions')}
          trigger={<IconButton label={w('کارهای بیشتر', 'More')} icon={<MoreHorizontal />} variant="outline" />}
          items={[
            { id: 'edit', label: w('ویرایش', 'Edit'), kbd: 'F2', onAction: () => {} },
            'separator',
            { id: 'delete', label: w('حذف', 'Delete'), icon: <Trash2 />, tone: 'danger', onAction: () => {} },
          ]}
        />
      </div>
      <Steps steps={[w('فایل', 'File'), w('ستون‌ها', 'Columns'), w('پیش‌نمایش', 'Preview')]} current={1} />
      <div className="grid grid-cols-3 gap-4">
        <Stat
          label={w('فروش امروز', 'Sales today')}
          value={<MoneyText rial={384_000_000} unit="toman" />}
          unit={w('تومان', 'Toman')}
          note={<Badge tone="ok">{w('۱۲٪ بیشتر', '12% up')}</Badge>}
        />
        <Card title={w('علی رضایی', 'Ali')} actions={<Button size="sm">{w('ویرایش', 'Edit')}</Button>}>
          <p>
            <PhoneText phone="+989123456789" /> · <DayText day="2026-11-23" today="2026-11-22" /> ·{' '}
            <MoneyText rial={500_000_000} unit="toman" withUnit />
          </p>
          <p>
            <Marked text="محمدحسین علی‌پور" ranges={[[9, 12]]} /> · <MoneyText rial={0} unit="toman" />
          </p>
        </Card>
        <Card>
          <Progress
            label={w('آوردن مشتریان', 'Importing')}
            done={8200}
            total={12345}
            rate={1540}
            secondsLeft={3}
            onCancel={() => {}}
          />
        </Card>
      </div>
      <Tabs
        label={w('پرونده', 'Record')}
        items={[
          { id: 'a', label: w('رویدادها', 'Timeline'), count: w('۳', '3'), content: <p>{w('تماس خروجی', 'Call')}</p> },
          { id: 'b', label: w('مشخصات', 'Details'), content: <p>{w('مشخصات', 'Details')}</p> },
        ]}
      />
      <ErrorState
        title={w('پشتیبان ساخته نشد.', 'The backup was not made.')}
        kept={w('داده‌های شما سالم است.', 'Your data is safe.')}
        advice={w('جا روی دیسک باز کنید و دوباره بزنید.', 'Free some space and try again.')}
        actions={<Button size="sm">{w('دوباره', 'Again')}</Button>}
        detail="ENOSPC: no space left on device"
      />
      <div className="grid grid-cols-2 gap-4">
        <FileDrop
          label={w('فایل را اینجا بیندازید', 'Drop a file here')}
          description="CSV, Excel, VCF"
          accept={['.csv', '.xlsx', '.vcf']}
          onFile={() => {}}
        />
        <Card className="flex">
          <EmptyState
            icon={<Users />}
            action={<Button variant="primary">{w('افزودن مشتری', 'Add a customer')}</Button>}
          >
            {w('هنوز مشتری‌ای ثبت نشده است؛ اولی را بنویسید یا از فایل بیاورید.', 'No customers yet.')}
          </EmptyState>
        </Card>
      </div>
    </main>
  )
}

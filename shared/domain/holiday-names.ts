import type { Lang } from './calendar-names.ts'

/** The official days off of Iran, as printed in its calendar. */
export const HOLIDAY_NAMES = {
  nowruz: { fa: 'جشن نوروز', en: 'Nowruz' },
  nowruzDays: { fa: 'عید نوروز', en: 'Nowruz holiday' },
  republic: { fa: 'روز جمهوری اسلامی', en: 'Islamic Republic Day' },
  nature: { fa: 'روز طبیعت (سیزده‌به‌در)', en: 'Nature Day' },
  khomeiniDeath: { fa: 'رحلت امام خمینی', en: 'Death of Khomeini' },
  khordad15: { fa: 'قیام ۱۵ خرداد', en: '15 Khordad uprising' },
  revolution: { fa: 'پیروزی انقلاب اسلامی', en: 'Victory of the Revolution' },
  oil: { fa: 'ملی شدن صنعت نفت', en: 'Oil nationalisation' },
  lastDay: { fa: 'آخرین روز سال', en: 'Last day of the year' },
  tasua: { fa: 'تاسوعا', en: 'Tasua' },
  ashura: { fa: 'عاشورا', en: 'Ashura' },
  arbaeen: { fa: 'اربعین', en: 'Arbaeen' },
  prophetDeath: { fa: 'رحلت پیامبر و شهادت امام حسن مجتبی', en: 'Death of the Prophet' },
  rezaDeath: { fa: 'شهادت امام رضا', en: 'Martyrdom of Imam Reza' },
  askariDeath: { fa: 'شهادت امام حسن عسکری', en: 'Martyrdom of Imam Askari' },
  prophetBirth: { fa: 'میلاد پیامبر و امام جعفر صادق', en: 'Birth of the Prophet' },
  fatimaDeath: { fa: 'شهادت حضرت فاطمه', en: 'Martyrdom of Fatima' },
  aliBirth: { fa: 'ولادت امام علی و روز پدر', en: 'Birth of Imam Ali' },
  mabas: { fa: 'مبعث', en: 'Mab’as' },
  mahdiBirth: { fa: 'نیمهٔ شعبان', en: 'Mid-Sha’ban' },
  aliDeath: { fa: 'شهادت امام علی', en: 'Martyrdom of Imam Ali' },
  fitr: { fa: 'عید فطر', en: 'Eid al-Fitr' },
  fitrSecond: { fa: 'تعطیلی عید فطر', en: 'Eid al-Fitr holiday' },
  sadeqDeath: { fa: 'شهادت امام جعفر صادق', en: 'Martyrdom of Imam Sadeq' },
  adha: { fa: 'عید قربان', en: 'Eid al-Adha' },
  ghadir: { fa: 'عید غدیر', en: 'Eid al-Ghadir' },
} as const satisfies Readonly<Record<string, Readonly<Record<Lang, string>>>>

export type HolidayKey = keyof typeof HOLIDAY_NAMES

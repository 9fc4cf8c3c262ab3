import type { Trade } from '../../../shared/domain/party.ts'

/** The lists a trade begins with; all of them can be edited afterwards. Data, not screen text: they are rows once written. */
export interface Preset {
  sources: readonly string[]
  /** The named circles customers are sorted into. */
  groups: readonly string[]
  tags: ReadonlyArray<readonly [name: string, color: string]>
}

const SOURCES = ['معرفی مشتریان', 'اینستاگرام', 'گوگل و وب‌سایت', 'تابلو و مراجعهٔ حضوری', 'تبلیغات', 'آشنایان'] as const

export const PRESETS: Record<Trade, Preset> = {
  shop: {
    sources: [...SOURCES, 'دیوار و شیپور'],
    groups: ['مشتری حضوری', 'مشتری آنلاین', 'عمده', 'همکار'],
    tags: [
      ['خوش‌حساب', 'green'],
      ['خرید نسیه', 'amber'],
      ['مشتری ویژه', 'violet'],
      ['پیگیری شود', 'blue'],
      ['ارسال با پیک', 'teal'],
      ['تخفیف می‌خواهد', 'orange'],
    ],
  },
  service: {
    sources: [...SOURCES, 'نمایندگی', 'کارت روی دستگاه'],
    groups: ['خانگی', 'اداری و تجاری', 'قرارداد سرویس', 'همکار'],
    tags: [
      ['گارانتی‌دار', 'green'],
      ['نوبت سرویس', 'blue'],
      ['منتظر قطعه', 'amber'],
      ['مشتری ویژه', 'violet'],
      ['دستگاه امانی', 'teal'],
      ['شکایت داشته', 'red'],
    ],
  },
  distribution: {
    sources: [...SOURCES, 'ویزیتور', 'نمایشگاه'],
    groups: ['سوپرمارکت', 'عمده‌فروش', 'رستوران و کافه', 'نماینده', 'فروشگاه زنجیره‌ای'],
    tags: [
      ['خوش‌حساب', 'green'],
      ['چک برگشتی', 'red'],
      ['نقدی', 'teal'],
      ['تسویهٔ ماهانه', 'amber'],
      ['مسیر شرق', 'blue'],
      ['مسیر غرب', 'violet'],
    ],
  },
  clinic: {
    sources: [...SOURCES, 'پزشک ارجاع‌دهنده', 'بیمه'],
    groups: ['مراجع جدید', 'دورهٔ درمان', 'پایان درمان', 'بیمهٔ تکمیلی'],
    tags: [
      ['نوبت ثابت', 'blue'],
      ['یادآوری پیامکی', 'teal'],
      ['پرداخت قسطی', 'amber'],
      ['مراجع ویژه', 'violet'],
      ['حساسیت دارویی', 'red'],
      ['پیگیری شود', 'green'],
    ],
  },
  school: {
    sources: [...SOURCES, 'مدرسه‌ها', 'روز باز'],
    groups: ['هنرجو', 'ولی', 'فارغ‌التحصیل', 'سازمانی'],
    tags: [
      ['ثبت‌نام قطعی', 'green'],
      ['جلسهٔ آزمایشی', 'blue'],
      ['شهریهٔ قسطی', 'amber'],
      ['تخفیف خواهر و برادر', 'teal'],
      ['علاقه‌مند دورهٔ بعد', 'violet'],
      ['غیبت زیاد', 'red'],
    ],
  },
  other: {
    sources: SOURCES,
    groups: ['مشتری', 'همکار', 'سازمانی'],
    tags: [
      ['خوش‌حساب', 'green'],
      ['مشتری ویژه', 'violet'],
      ['پیگیری شود', 'blue'],
      ['بدقول', 'red'],
    ],
  },
}

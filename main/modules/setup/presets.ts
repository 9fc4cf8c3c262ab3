import type { Trade } from '../../../shared/domain/party.ts'

/** The lists a trade begins with; all of them can be edited afterwards. Data, not screen text: they are rows once written. */
export interface Preset {
  sources: readonly string[]
  /** The named circles customers are sorted into. */
  groups: readonly string[]
  tags: ReadonlyArray<readonly [name: string, tone: string]>
}

const SOURCES = ['معرفی مشتریان', 'اینستاگرام', 'گوگل و وب‌سایت', 'تابلو و مراجعهٔ حضوری', 'تبلیغات', 'آشنایان'] as const

export const PRESETS: Record<Trade, Preset> = {
  shop: {
    sources: [...SOURCES, 'دیوار و شیپور'],
    groups: ['مشتری حضوری', 'مشتری آنلاین', 'عمده', 'همکار'],
    tags: [
      ['خوش‌حساب', 'ok'],
      ['خرید نسیه', 'warn'],
      ['مشتری ویژه', 'violet'],
      ['پیگیری شود', 'accent'],
      ['ارسال با پیک', 'neutral'],
      ['تخفیف می‌خواهد', 'warn'],
    ],
  },
  service: {
    sources: [...SOURCES, 'نمایندگی', 'کارت روی دستگاه'],
    groups: ['خانگی', 'اداری و تجاری', 'قرارداد سرویس', 'همکار'],
    tags: [
      ['گارانتی‌دار', 'ok'],
      ['نوبت سرویس', 'accent'],
      ['منتظر قطعه', 'warn'],
      ['مشتری ویژه', 'violet'],
      ['دستگاه امانی', 'neutral'],
      ['شکایت داشته', 'bad'],
    ],
  },
  distribution: {
    sources: [...SOURCES, 'ویزیتور', 'نمایشگاه'],
    groups: ['سوپرمارکت', 'عمده‌فروش', 'رستوران و کافه', 'نماینده', 'فروشگاه زنجیره‌ای'],
    tags: [
      ['خوش‌حساب', 'ok'],
      ['چک برگشتی', 'bad'],
      ['نقدی', 'neutral'],
      ['تسویهٔ ماهانه', 'warn'],
      ['مسیر شرق', 'accent'],
      ['مسیر غرب', 'violet'],
    ],
  },
  clinic: {
    sources: [...SOURCES, 'پزشک ارجاع‌دهنده', 'بیمه'],
    groups: ['مراجع جدید', 'دورهٔ درمان', 'پایان درمان', 'بیمهٔ تکمیلی'],
    tags: [
      ['نوبت ثابت', 'accent'],
      ['یادآوری پیامکی', 'neutral'],
      ['پرداخت قسطی', 'warn'],
      ['مراجع ویژه', 'violet'],
      ['حساسیت دارویی', 'bad'],
      ['پیگیری شود', 'ok'],
    ],
  },
  school: {
    sources: [...SOURCES, 'مدرسه‌ها', 'روز باز'],
    groups: ['هنرجو', 'ولی', 'فارغ‌التحصیل', 'سازمانی'],
    tags: [
      ['ثبت‌نام قطعی', 'ok'],
      ['جلسهٔ آزمایشی', 'accent'],
      ['شهریهٔ قسطی', 'warn'],
      ['تخفیف خواهر و برادر', 'neutral'],
      ['علاقه‌مند دورهٔ بعد', 'violet'],
      ['غیبت زیاد', 'bad'],
    ],
  },
  other: {
    sources: SOURCES,
    groups: ['مشتری', 'همکار', 'سازمانی'],
    tags: [
      ['خوش‌حساب', 'ok'],
      ['مشتری ویژه', 'violet'],
      ['پیگیری شود', 'accent'],
      ['بدقول', 'bad'],
    ],
  },
}

import type { Trade } from '../../../shared/domain/party.ts'

/** The lists a trade begins with; all of them can be edited afterwards. Data, not screen text: they are rows once written. */
export interface Preset {
  sources: readonly string[]
  /** The named circles customers are sorted into. */
  groups: readonly string[]
  tags: ReadonlyArray<readonly [name: string, tone: string]>
  /** What comes of a call, a visit or a message. */
  outcomes: readonly string[]
  /** Why somebody who asked did not become a customer. */
  lead_reasons: readonly string[]
}

const SOURCES = ['معرفی مشتریان', 'اینستاگرام', 'گوگل و وب‌سایت', 'تابلو و مراجعهٔ حضوری', 'تبلیغات', 'آشنایان'] as const

const NO_ANSWER = ['جواب نداد', 'مشغول بود', 'خاموش بود'] as const
const REASONS = ['قیمت بالا بود', 'از رقیب خرید', 'فقط پرس‌وجو بود', 'جواب نداد', 'شمارهٔ اشتباه', 'تکراری'] as const

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
    outcomes: [
      ...NO_ANSWER,
      'قیمت گرفت',
      'موجودی پرسید',
      'قرار شد خبر بدهد',
      'قرار شد حضوری بیاید',
      'سفارش داد',
      'منصرف شد',
    ],
    lead_reasons: [...REASONS, 'جنسش را نداشتیم'],
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
    outcomes: [
      ...NO_ANSWER,
      'قیمت گرفت',
      'نوبت گذاشتیم',
      'قرار شد خبر بدهد',
      'تلفنی حل شد',
      'از کار راضی بود',
      'شکایت داشت',
      'منصرف شد',
    ],
    lead_reasons: [...REASONS, 'در محدودهٔ ما نیست', 'دستگاهش را کار نمی‌کنیم'],
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
    outcomes: [
      ...NO_ANSWER,
      'سفارش داد',
      'موجودی داشت',
      'قیمت گرفت',
      'قرار شد خبر بدهد',
      'وعدهٔ پرداخت داد',
      'بسته بود',
      'منصرف شد',
    ],
    lead_reasons: [...REASONS, 'در مسیر ما نیست', 'جواز ندارد'],
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
    outcomes: [
      ...NO_ANSWER,
      'نوبت گرفت',
      'نوبت را جابه‌جا کرد',
      'نوبت را لغو کرد',
      'قرار شد خبر بدهد',
      'هزینه را پرسید',
      'منصرف شد',
    ],
    lead_reasons: [...REASONS, 'این خدمت را نداریم', 'بیمهٔ ما را ندارد'],
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
    outcomes: [
      ...NO_ANSWER,
      'شهریه را پرسید',
      'جلسهٔ آزمایشی گذاشتیم',
      'ثبت‌نام کرد',
      'قرار شد خبر بدهد',
      'به ولی گفته شد',
      'منصرف شد',
    ],
    lead_reasons: [...REASONS, 'ساعتش مناسب نبود', 'کلاسش تشکیل نشد'],
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
    outcomes: [
      ...NO_ANSWER,
      'قیمت گرفت',
      'پیش‌فاکتور خواست',
      'قرار شد خبر بدهد',
      'قرار جلسه گذاشتیم',
      'سفارش داد',
      'منصرف شد',
    ],
    lead_reasons: [...REASONS, 'در محدودهٔ ما نیست'],
  },
}

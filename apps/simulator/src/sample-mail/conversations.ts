/** One turn of a conversation: who writes, and what. */
interface Turn {
  readonly by: 'sender' | 'recipient';
  readonly text: string;
}

export interface Conversation {
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly turns: readonly [Turn, ...Turn[]];
  /** Right-to-left text gets a dir attribute in its HTML form. */
  readonly rightToLeft?: true;
}

const from = (name: string, address: string) => ({ name, address });
const sender = (text: string): Turn => ({ by: 'sender', text });
const recipient = (text: string): Turn => ({ by: 'recipient', text });

/** Ordinary mail between people, as a thread: the later turns are replies to the earlier ones. */
export const CONVERSATIONS: readonly [Conversation, ...Conversation[]] = [
  {
    from: from('Kai Carter', 'kai.carter@fabrikam.example'),
    subject: 'Delivery dates for the autumn collection',
    turns: [
      sender(
        'Hello,\n\nthe carrier has moved our slot to Thursday. Could your warehouse take two trucks between 7 and 9 in the morning?\n\nBest regards\nKai',
      ),
      recipient('Hi Kai,\n\nThursday works. Please send the pallet list the day before.\n\nThanks'),
      sender('Will do. The list will come tomorrow by noon.\n\nKai'),
    ],
  },
  {
    from: from('Nora Winter', 'nora.winter@northwind.example'),
    subject: 'Draft of the campaign text',
    turns: [
      sender(
        'Hi,\n\nhere is the second draft. We shortened the first paragraph and moved the offer up. What do you think of the headline?\n\nNora',
      ),
      recipient('Much better. I would keep the old headline, though.'),
    ],
  },
  {
    from: from('Sabine Köhler', 'sabine.koehler@fabrikam.example'),
    subject: 'Rückfrage zur Bestellung 4711 – Größe geändert',
    turns: [
      sender(
        'Guten Tag,\n\nin der Bestellung 4711 steht Größe M, im Lieferschein aber L. Welche Größe dürfen wir schicken? Für eine kurze Rückmeldung bis Freitag wären wir dankbar.\n\nMit freundlichen Grüßen\nSabine Köhler',
      ),
      recipient('Guten Tag Frau Köhler,\n\nbitte Größe L, der Lieferschein stimmt.\n\nViele Grüße'),
    ],
  },
  {
    from: from('Étienne Dubois', 'etienne.dubois@northwind.example'),
    subject: 'Réunion de suivi à Orléans',
    turns: [
      sender(
        "Bonjour,\n\nla salle est réservée mardi à 10 h. Pourriez-vous apporter les chiffres de l'été ? Nous déjeunerons ensuite près de la gare.\n\nBien à vous,\nÉtienne",
      ),
    ],
  },
  {
    from: from('佐藤 健', 'ken.sato@northwind.example'),
    subject: '来週の打ち合わせについて',
    turns: [
      sender(
        'お世話になっております。北風商事の佐藤です。\n\n来週水曜日の午後2時から、新製品の打ち合わせをお願いできますでしょうか。資料は前日までにお送りします。\n\nよろしくお願いいたします。\n佐藤',
      ),
      recipient('佐藤様\n\n水曜日の午後2時で承知しました。よろしくお願いします。'),
    ],
  },
  {
    from: from('李娜', 'li.na@fabrikam.example'),
    subject: '关于新合同的报价',
    turns: [
      sender(
        '您好:\n\n附上新合同的报价,有效期三十天。如果数量超过五百件,我们可以再优惠百分之三。请您确认交货地点。\n\n此致\n李娜',
      ),
    ],
  },
  {
    from: from('سمير الخطيب', 'samir.khatib@fabrikam.example'),
    subject: 'موعد تسليم الشحنة الجديدة',
    rightToLeft: true,
    turns: [
      sender(
        'السلام عليكم،\n\nنود إعلامكم بأن الشحنة ستصل يوم الاثنين القادم. نرجو تأكيد عنوان المستودع ورقم الهاتف للتواصل مع السائق.\n\nمع أطيب التحيات\nسمير',
      ),
      recipient('وعليكم السلام،\n\nالعنوان كما هو، شكراً لكم.'),
    ],
  },
  {
    from: from('Tomasz Żółkowski', 'tomasz@tailspin.example'),
    subject: 'Zażółć gęślą jaźń – test of our ticket system',
    turns: [
      sender('Please ignore, we only test whether accents survive: ąęłńóśźż ĄĘŁŃÓŚŹŻ €.\n\nTomasz'),
    ],
  },
];

import { readTexts, rowsOf } from '../testing/read-texts';

/** The header of the prefixes as NetBox shows them, and a row of it. */
const LANGUAGES: readonly (readonly [language: string, header: string, status: string])[] = [
  ['cs', 'Předpona;Stav;Děti;VRF;Využití;Tenant;Rozsah;WLAN;Role;Popis', 'Rezervováno'],
  [
    'da',
    'Præfiks;Status;Underordnede;VRF;Udnyttelse;Lejer;Anvendelsesområde;VLAN;Rolle;Beskrivelse',
    'Reserveret',
  ],
  [
    'de',
    'Prefix;Status;Untergeordnet;VRF;Auslastung;Mandant;Geltungsbereich;VLAN;Rolle;Beschreibung',
    'Reserviert',
  ],
  [
    'es',
    'Prefijo;Estado;Niños;VRF;Utilización;Inquilino;Alcance;VLAN;Rol;Descripción',
    'Reservado',
  ],
  ['fr', 'Préfixe;Statut;Enfants;VRF;Utilisation;Entité;Portée;VLAN;Rôle;Description', 'Réservé'],
  ['it', 'Prefisso;Status;Bambini;VRF;Utilizzo;Tenant;Ambito;VLAN;Ruolo;Descrizione', 'Riservato'],
  [
    'ja',
    'プレフィックス;ステータス;子ども;VRF;使用率;テナント;スコープ;VLAN;ロール;説明',
    '予約済',
  ],
  ['ko', '프리픽스;상태;하위 항목;VRF;사용률;테넌트;범위;VLAN;역할;설명', '예약됨'],
  [
    'lv',
    'Prefikss;Statuss;Apakš;VRF;Izlietojums;Īrnieks;Darbības vēriens;VLAN;Loma;Apraksts',
    'Rezervēts',
  ],
  [
    'nl',
    'Prefix;Status;Onderliggend;VRF;Gebruik;Tenant;Toepassingsgebied;VLAN;Rol;Omschrijving',
    'Gereserveerd',
  ],
  ['pl', 'Prefiks;Status;Dzieci;VRF;Wykorzystanie;Najemca;Zakres;VLAN;Rola;Opis', 'Zarezerwowany'],
  [
    'pt',
    'Prefixo;Status;Filhos;VRF;Utilização;Inquilino;Escopo;VLAN;Função;Descrição',
    'Reservado',
  ],
  [
    'ru',
    'Префикс;Статус;Потомки;VRF;Использование;Собственник;Область применения;VLAN;Роль;Описание',
    'Зарезервировано',
  ],
  ['tr', 'Önek;Durum;Çocuklar;VRF;Kullanımı;Kiracı;Kapsam;VLAN;Rol;Açıklama', 'Rezerve edilmiş'],
  [
    'uk',
    'Префікс;Статус;Підпорядкований;VRF;Утилізація;Орендар;Сфера застосування;VLAN;Роль;Опис',
    'Зарезервовано',
  ],
  ['zh', 'IP前缀;状态;子网;VRF;利用率;租户;作用域;VLAN;角色;描述', '预留'],
];

describe('an export of NetBox in another language', () => {
  it.each(LANGUAGES)('is read in %s', async (_language, header, status) => {
    const row = `10.0.0.0/24;${status};0;red (1:2);0%;Sales;FRA1;a (10);Prod;x`;
    const text = `${header}\r\n${row}\r\n`;
    const { tables } = await readTexts({ 'a.csv': text });
    expect(tables[0]).toMatchObject({ format: 'netbox_export', entity: 'pool', unknown: [] });
    expect(await rowsOf(text)).toEqual([
      '0:2 pool 10.0.0.0/24 vrf=red(1:2) {"kind":"reservation","status":"planned","description":"x"} ' +
        'fresh=x/by_place vlan=[10,"a",null] these={"role":"Prod","tenant":"Sales","site":"FRA1"}',
    ]);
  });

  it('is read by the places of its columns where nobody knows the language', async () => {
    const header = Array.from({ length: 22 }, (_, at) => `w${at}`).join(',');
    const cells = [
      '10.0.0.0/24',
      'Active',
      '0',
      'Lab (1:2)',
      '0%',
      '',
      'FRA1',
      '',
      'Prod',
      'x',
      '7',
    ];
    const rest = ['10.0.0.0/24', '', 'dcim.site', '', 'False', 'False', '', '', 'a', 't', 't'];
    expect(await rowsOf(`${header}\n${[...cells, ...rest].join(',')}\n`)).toEqual([
      '0:2 pool 10.0.0.0/24 vrf=Lab(1:2) {"status":"active","description":"x"} fresh=x/by_place ' +
        'vlan=none these={"role":"Prod","site":"FRA1","a":""} netbox:7',
    ]);
  });
});

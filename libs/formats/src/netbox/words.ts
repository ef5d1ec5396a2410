import { foldWord, wordTable } from '../text/fold-word';

/*
 * The words that NetBox 4.7 has for what stands here, in all of its languages.
 */

/** Of the headers of its tables. */
export const HEADERS = wordTable({
  aggregate: `Aggregate|Agregát|Aggregeret|Aggregieren|Agregado|Aggregato|集約|애그리게이트|
    Agregētais prefikss|Aggregaat|агрегат|Agrega|聚合IP`,
  rir: `RIR|ZIVIR|区域互联网注册管理机构`,
  prefix: `Prefix|Předpona|Præfiks|Prefijo|Préfixe|Prefisso|プレフィックス|프리픽스|Prefikss|Prefiks|Prefixo|
    Префикс|Önek|Префікс|IP前缀`,
  prefix_flat: `Prefix (Flat)|Předpona (plochá)|Præfiks (flad)|Prefix (flach)|Prefijo (plano)|
    Préfixe (plat)|Prefisso (piatto)|プレフィックス (フラット)|프리픽스 (플랫)|Prefikss (vienlīmeņa)|Prefix (plat)|
    Prefiks (płaski)|Prefixo (Plano)|Префикс (плоский)|Önek (Düz)|Префікс (Плоский)|前缀(标记)`,
  status: `Status|Stav|Estado|Statut|ステータス|상태|Statuss|Статус|Durum|状态`,
  vrf: `VRF`,
  vlan: `VLAN|WLAN`,
  vlan_group: `VLAN Group|Skupina VLAN|VLAN-gruppen|VLAN-Gruppe|Grupo VLAN|Groupe VLAN|
    Gruppo VLAN|VLAN グループ|VLAN 그룹|VLAN grupa|VLAN-groep|Grupa VLAN|Grupo de VLANs|VLAN группа|
    VLAN Grubu|Група VLAN|VLAN组|Grupo de VLAN|Группа VLAN|VLAN 组`,
  tenant: `Tenant|Lejer|Mandant|Inquilino|Entité|テナント|테넌트|Īrnieks|Najemca|Собственник|Kiracı|
    Орендар|租户`,
  tenant_group: `Tenant Group|Skupina nájemců|Lejergruppe|Mandantengruppe|Grupo de inquilinos|
    Groupe d'entités|Gruppo di inquilini|テナントグループ|테넌트 그룹|Īrnieku grupa|Tenant Groep|
    Grupa Najemców|Группа собственников|Kiracı Grubu|Група орендарів|租户组`,
  scope: `Scope|Rozsah|Anvendelsesområde|Geltungsbereich|Alcance|Portée|Ambito|スコープ|범위|
    Darbības vēriens|Toepassingsgebied|Zakres|Escopo|Область применения|Kapsam|Сфера застосування|
    作用域`,
  scope_type: `Scope Type|Typ rozsahu|Områdetype|Art des Geltungsbereichs|Tipo de ámbito|
    Type de portée|Tipo di ambito|スコープタイプ|범위 유형|Darbības vēriena veids|Soort toepassingsgebied|
    Typ zakresu|Tipo de Escopo|Тип прицела|Kapsam Türü|Тип сфери застосування|作用域类型`,
  site: `Site|Lokalita|Område|Standort|Sitio|Sito|サイト|사이트|Vieta|Placówka|Площадка|Тех. майданчик|
    站点`,
  role: `Role|Rolle|Rol|Ruolo|ロール|역할|Loma|Rola|Função|Роль|角色`,
  description: `Description|Popis|Beskrivelse|Beschreibung|Descripción|Descrizione|説明|설명|Apraksts|
    Omschrijving|Opis|Descrição|Описание|Açıklama|Опис|描述`,
  id: `ID|KİMLİK|Ідентифікатор`,
  tags: `Tags|Značky|Mærker|Etiquetas|Étiquettes|Etichette|タグ|태그|Birkas|Labels|Tagi|Теги|
    Etiketler|Мітки|标签`,
  pool: `Pool|Bazén|Svømmebassin|Piscina|Plage d'adresses|プール|풀|Kopfonds|Basen|Пул|Havuz|地址池`,
  marked_utilized: `Marked Utilized|Označeno Využito|Markeret Udnyttet|Als ausgenutzt markiert|
    Marcado como utilizado|Marqué comme utilisé|Contrassegnato Utilizzato|使用済み|사용 중으로 표시|
    Atzīmēts kā izmantots|Gemarkeerd als gebruikt|Oznaczone Używane|Отмечено как использованный|
    İşaretli Kullanıldı|Позначено як використане|标记为已使用`,
  comments: `Comments|Komentáře|Bemærkninger|Kommentare|Comentarios|Commentaires|Commenti|コメント|
    코멘트|Komentāri|Opmerkingen|Komentarze|Комментарии|Yorumlar|Коментарі|评论`,
  contacts: `Contacts|Kontakty|Kontakter|Kontakte|Contactos|Contatti|連絡先|담당자|Kontaktpersonas|
    Contacten|Contatos|Контакты|İletişim|Контакти|联系`,
  owner: `Owner|Vlastník|Ejer|Verantwortlicher|Dueño|Propriétaire|Proprietario|オーナー|소유자|Īpašnieks|
    Eigenaar|Właściciel|Владелец|Sahibi|Власник|所有者`,
  owner_group: `Owner Group|Skupina vlastníků|Ejergruppe|Verantwortlichen Gruppe|
    Grupo de propietarios|Groupe de propriétaires|Gruppo proprietario|オーナーグループ|소유자 그룹|
    Īpašnieku Grupa|Eigenaarsgroep|Grupa właścicieli|Grupo de Proprietários|Группа владельцев|
    Sahip Grubu|Група власників|所有者群组`,
  utilization: `Utilization|Využití|Udnyttelse|Auslastung|Utilización|Utilisation|Utilizzo|使用率|
    사용률|Izlietojums|Gebruik|Wykorzystanie|Utilização|Использование|Kullanımı|Утилізація|利用率`,
  children: `Children|Děti|Underordnede|Untergeordnet|Niños|Enfants|Bambini|子ども|하위 항목|Apakš|
    Onderliggend|Dzieci|Filhos|Потомки|Çocuklar|Підпорядкований|子网`,
  depth: `Depth|Hloubka|Dybde|Tiefe|Profundidad|Profondeur|Profondità|階層|깊이|Dziļums|Diepte|
    Głębokość|Profundidade|Глубина|Derinlik|Глибина|深度`,
  created: `Created|Vytvořeno|Oprettet|Erstellt|Creado|Créé|Creato|作成|생성됨|Izveidots|Aangemaakt|
    Utworzono|Criado|Создан|Oluşturuldu|Створено|已创建`,
  updated: `Last updated|Naposledy aktualizováno|Sidst opdateret|Letzte Aktualisierung|
    Última actualización|Dernière mise à jour|Ultimo aggiornamento|最終更新日|최종 수정|
    Pēdējo reizi atjaunināts|Laatst bijgewerkt|Ostatnia aktualizacja|Última atualização|
    Последнее обновление|Son Güncelleme|Останнє оновлення|最后更新日期`,
  name: `Name|Jméno|Navn|Nombre|Nom|Nome|名前|이름|Nosaukums|Naam|Nazwa|Имя|İsim|Назва|名称`,
  rd: `RD|ROJO|ROSSO|Route Distinguiser|КРАСНЫЙ`,
  unique: `Unique|Unikátní|Unik|Einzigartig|Único|ユニーク|고유|Unikāls|Uniek|Wyjątkowy|Уникальный|
    Benzersiz|Унікальний|唯一的`,
  import_targets: `Import Targets|Importovat cíle|Importmål|Ziele importieren|
    Objetivos de importación|Cibles d'importation|Obiettivi di importazione|インポートターゲット|가져오기 타깃|
    Importa mērķi|Doelen importeren|Importuj cele|Цели импорта|Hedefleri İçe Aktar|
    Імпортувати цілі|引入targets`,
  export_targets: `Export Targets|Cíle exportu|Eksportmål|Ziele exportieren|
    Objetivos de exportación|Objectifs d'exportation|Obiettivi di esportazione|エクスポートターゲット|
    내보내기 타깃|Eksporta mērķi|Doelen exporteren|Cele eksportu|Цели экспорта|İhracat Hedefleri|
    Експортувати цілі|输出targets`,
  vid: `VID|VIDIO|VIDEO|VLAN ID|VLAN号`,
  group: `Group|Skupina|Gruppe|Grupo|Groupe|Gruppo|グループ|그룹|Grupa|groep|Группа|Grup|Група|组`,
  prefixes: `Prefixes|Předpony|Præfikser|Prefixe|Prefijos|Prefissi|プレフィックス|프리픽스|Prefiksi|Prefixen|
    Prefiksy|Prefixos|Префиксы|Önekler|Мережеві префікси|前缀`,
  qinq_role: `Q-in-Q role|Role Q-in-Q|Q-in-Q-rolle|Función de Q-in-Q|Ruolo Q-in-Q|Q-in-Q ロール|
    Q-in-Q 역할|Q-in-Q loma|De rol van Q-in-Q|Rola Q w Q|Função do Q-in-Q|Роль Q-in-Q|Q-in-Q rolü|
    Q-in-Q 角色`,
  qinq_svlan: `Q-in-Q SVLAN|Q-i-Q SVLAN|SVLAN Q-in-Q|Сеть Q-in-Q|Q-в-Q SVLAN`,
  address: `IP Address|IP adresa|IP adresse|Dirección IP|Adresse IP|Indirizzo IP|IP アドレス|IP 주소|
    IP adrese|IP-adres|Adres IP|Endereço IP|IP-адрес|IP Adresi|IP-адреса|IP地址`,
  start: `Start address|Počáteční adresa|Startadresse|Dirección de inicio|Adresse de départ|
    Indirizzo iniziale|開始アドレス|시작 주소|Sākuma adrese|Startadres|Adres początkowy|Endereço inicial|
    Начальный адрес|Başlangıç adresi|Початкова адреса|起始地址`,
  end: `End address`,
  assigned: `Assigned|Přiřazeno|Tildelt|Zugewiesen|Asignado|Attribué|Assegnata|割当済|할당됨|Piešķirts|
    Toegewezen|Przypisany|Associado|Назначено|Atanmış|Призначений|分配`,
  dns_name: `DNS name|DNS-Name|Nom DNS|Nombre DNS|Nome DNS|DNS 名|DNS 이름|DNS-naam|Nazwa DNS|DNS-имя|
    DNS-ім'я|DNS名称|DNS adı|Název DNS|DNS-navn`,
  interface: `Interface|Rozhraní|Schnittstelle|Interfaz|Interfaccia|インターフェース|インターフェイス|인터페이스|Interfejs|
    Интерфейс|Arayüz|Інтерфейс|接口`,
  parent: `Parent|Rodič|Übergeordnet|Padre|Genitore|親|상위|Ouder|Rodzic|Pai|Родитель|Ebeveyn|父级`,
  marked_populated: `Marked Populated`,
  size: `Size|Velikost|Størrelse|Größe|Tamaño|Taille|Dimensione|サイズ|크기|Grootte|Rozmiar|Tamanho|Размер|Boyut|
    Розмір|大小`,
  slug: `Slug|URL zkratka|URL-Slug|Babosa|Identifiant|lumaca|URL identifikators|Uproszczona nazwa|
    Подстрока|Kısa isim|Скорочення|缩写`,
  color: `Color|Barva|Farve|Farbe|Couleur|Colore|色|색상|Krāsa|Kleur|Kolor|Cor|Цвет|Renk|Колір|颜色`,
  items: `Items|Položky|Varer|Artikel|Artículos|Objets|Oggetti|アイテム|항목|Priekšmeti|Artikelen|
    Przedmioty|Itens|Предметы|Öğeler|Предмети|项目`,
  private: `Private|Soukromé|Privat|Privada|Privé|Privato|プライベート|프라이빗|Privāts|Prywatny|Privado|
    Частное|Özel|Приватний|私有的`,
  aggregates: `Aggregates|Agregáty|Aggregater|Aggregate|Agregados|Agrégats|Aggregati|集約|애그리게이트|
    Agregētie prefiksi|Aggregaten|Агрегаты|Agregalar|Сукупні мережі|聚合`,
  facility: `Facility|Zařízení|Faciliteterne|Einrichtung|Instalación|Datacentre|Struttura|ファシリティ|
    시설|Objekts|Faciliteit|Obiekty|Объект|Tesis|Об'єкт|设施`,
  region: `Region|Regionen|Regione|リージョン|지역|Reģions|Regio|Região|Регион|Bölge|Регіон|地区`,
  time_zone: `Time zone|Časové pásmo|Tidszone|Zeitzone|Zona horaria|Fuseau horaire|Fuso orario|
    タイムゾーン|시간대|Laika josla|Tijdzone|Strefa czasowa|Fuso horário|Часовой пояс|Saat dilimi|
    Часовий пояс|时区`,
  weight: `Weight|Hmotnost|Vægt|Gewicht|Peso|Poids|重量|무게|Svars|Waga|Вес|Ağırlığı|Вага`,
  vlans: `VLANs|VLAN|VLAN'er|VLAN's|sieci VLAN|VLAN-ы|VLAN'lar|VLAN'и`,
  vid_ranges: `VID Ranges|Rozsahy VID|VID intervaller|VID-Bereiche|Gamas VID|
    Plages de numéro de VLAN|Gamme VID|VID レンジ|VID 범위|VID diapazoni|VID-reeksen|Zakresy VID|
    Faixas de ID de VLAN|Диапазоны VID|VID Aralıkları|Діапазони VID|VID 范围`,
  total_vids: `Total VLAN IDs|Počet ID VLAN celkem|VLAN-id'er i alt|Gesamtzahl der VLAN-IDs|
    Número total de identificadores de VLAN|Nombre total d'identifiants VLAN|ID VLAN totali|
    VLAN ID の合計数|전체 VLAN ID 수|Kopējie VLAN ID|Totaal aantal VLAN-ID's|
    Wszystkie identyfikatory sieci VLAN|Total de IDs de VLAN|
    Общее количество идентификаторов VLAN|Toplam VLAN Kimliği|
    Загальна кількість ідентифікаторів VLAN|VLAN ID 总数`,
  added: `Added|Přidal|Tilføjet|Hinzugefügt|Añadido|Ajouté|Aggiunto|追加日|추가일|Pievienots|Toegevoegd|
    Dodano|Adicionado|Добавлено|Eklendi|Додано|已添加`,
  ip_ranges: `IP Ranges|Rozsahy IP|IP-intervaller|IP-Bereiche|Intervalos de IP|
    Plages d'adresses IP|Intervalli IP|IP アドレス範囲|IP 범위|IP diapazoni|IP-bereiken|Zakresy IP|
    Faixas de IP|Диапазоны IP-адресов|IP Aralıkları|Діапазони IP|IP范围`,
});

const ACTIVE = `Active|Aktivní|Aktiv|Activo|Actif|Attivo|アクティブ|활성|Aktīvs|Actief|Aktywny|Ativo|Активный|
  Aktif|Активний|在线`;
const RESERVED = `Reserved|Rezervováno|Reserveret|Reserviert|Reservado|Réservé|Riservato|予約済|예약됨|
  Rezervēts|Gereserveerd|Zarezerwowany|Зарезервировано|Rezerve edilmiş|Зарезервовано|预留`;
const DEPRECATED = `Deprecated|Zastaralé|Forældet|Veraltet|Obsoleto|Obsolète|廃止済|사용 중단됨|Novecojis|
  Verouderd|Przestarzały|Выведенный(-ая) из использования|Kullanımdan kaldırıldı|Застарілий|已弃用`;

/** Of the statuses of a prefix. */
export const STATUSES = wordTable({
  container: `Container|Kontejner|Contenedor|Récipient|Contenitore|コンテナ|컨테이너|Konteineris|Pojemnik|
    Contêiner|Контейнер|Konteyner|容器`,
  active: ACTIVE,
  reserved: RESERVED,
  deprecated: DEPRECATED,
  available: `Available|K dispozici|Tilgængelig|Verfügbar|Disponible|Disponibile|利用可能|사용 가능|
    Pieejams|Beschikbaar|Dostępny|Disponível|Доступно|Mevcut|Доступний|可用`,
});

/** Of the statuses of an address or a range. */
export const LEAF_STATUSES = wordTable({
  active: ACTIVE,
  reserved: RESERVED,
  deprecated: DEPRECATED,
  dhcp: `DHCP`,
  slaac: `SLAAC`,
});

/** Where a VRF stands: there is none. */
const GLOBAL = `Global|Globální|Globalt|Weltweit|Globale|グローバル|전역|Globāls|Globaal|Globalny|
  Глобальный|Küresel|Глобальний|全局`;
export const GLOBAL_WORDS: ReadonlySet<string> = new Set(GLOBAL.split('|').map(foldWord));

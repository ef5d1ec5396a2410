import { wordTable } from '../text/fold-word';

/** What people call the columns of their own tables. */
export const HEADERS = wordTable({
  cidr: `CIDR|Network|Networks|Subnet|Subnets|Prefix|IP range|IP block|Block|Net|Range|Address space|
    IP network|IP subnet|Network address CIDR|CIDR block|Supernet|IP prefix|Address range|
    Netz|Netzwerk|Subnetz|Netze|Netzbereich|IP-Bereich|Bereich|Adressbereich|Réseau|Sous-réseau|
    Plage|Plage IP|Red|Subred|Rango|Rete|Sottorete|Blocco|Netwerk|Rede|Sub-rede|Bloco|Faixa|Síť|
    Podsíť|Sieć|Podsieć|Сеть|Подсеть|Ağ|Alt ağ|Мережа|Підмережа|Netværk|Nätverk|Nät|
    ネットワーク|サブネット|网络|子网|网段|網段|네트워크|서브넷`,
  address: `Address|IP|IP address|Network address|Network ID|Netzadresse|Netzwerkadresse|Adresse|
    IP-Adresse|Adresse réseau|Dirección|Dirección de red|Indirizzo|Indirizzo di rete|Netwerkadres|
    Endereço|Endereço de rede|Adresa|Adresa sítě|Adres|Adres sieci|Адрес|Адрес сети|
    ネットワークアドレス|网络地址`,
  mask: `Mask|Netmask|Subnet mask|Network mask|Maske|Netzmaske|Subnetzmaske|Subnetmaske|Masque|
    Masque de sous-réseau|Máscara|Máscara de red|Máscara de subred|Maschera|Maschera di rete|
    Subnetmasker|Masker|Máscara de rede|Maska|Маска|Маска подсети|Ağ maskesi|
    サブネットマスク|子网掩码|掩码|サブネット マスク`,
  prefix_length: `Prefix length|Prefixlength|Length|CIDR length|Bits|Mask bits|Prefix size|Slash|
    Präfixlänge|Präfix|Prefixlänge|Longueur de préfixe|Longitud de prefijo|Lunghezza prefisso|
    Prefixlengte|Comprimento do prefixo|Délka prefixu|Długość prefiksu|Длина префикса|プレフィックス長|前缀长度`,
  first: `First|First IP|First address|Start|Start IP|Start address|From|Begin|Von|Erste IP|Startadresse|
    Début|Inicio|Inizio|Van|Início|Od|С|Начало|開始|起始地址|开始`,
  last: `Last|Last IP|Last address|End|End IP|End address|To|Bis|Letzte IP|Endadresse|Fin|Fine|Tot|Fim|
    Do|По|Конец|終了|结束地址|结束`,
  name: `Name|Network name|Subnet name|Title|Label|Netzname|Netzwerkname|Bezeichnung|Nom|Nombre|Nome|
    Naam|Jméno|Název|Nazwa|Имя|Название|Ad|Adı|Назва|Navn|Namn|名前|名称|이름`,
  description: `Description|Descr|Desc|Comment|Comments|Note|Notes|Remark|Remarks|Purpose|Usage|Use|
    Beschreibung|Bemerkung|Kommentar|Notiz|Zweck|Verwendung|Nutzung|Commentaire|Remarque|Usage prévu|
    Descripción|Comentario|Notas|Uso|Descrizione|Commento|Omschrijving|Beschrijving|Opmerking|Doel|
    Descrição|Comentário|Popis|Poznámka|Opis|Uwagi|Описание|Комментарий|Назначение|Açıklama|Опис|
    Beskrivelse|Beskrivning|説明|備考|描述|说明|备注|설명`,
  vrf: `VRF|VRF name|VRF-Name|Routing domain|Routing instance|Route table`,
  vrf_rd: `RD|Route distinguisher|VRF RD`,
  vlan: `VLAN|VLAN ID|VLANID|VID|VLAN number|VLAN no|VLAN nr|VLAN-Nummer|VLAN-Nr|Vlan tag|Nº VLAN|
    Číslo VLAN|Номер VLAN|VLAN番号|VLAN号`,
  vlan_name: `VLAN name|VLAN-Name|VLAN-Bezeichnung|Nom VLAN|Nombre VLAN|Nome VLAN|VLAN naam`,
  vlan_group: `VLAN group|VLAN domain|VLAN-Gruppe|VLAN-Domäne|L2 domain`,
  status: `Status|State|Zustand|Statut|État|Estado|Stato|Staat|Stav|Stan|Статус|Состояние|Durum|
    ステータス|状態|状态`,
  kind: `Kind|Type|Art|Typ|Tipo|Soort|Тип|Tür|種別|类型`,
  role: `Role|Rolle|Rôle|Rol|Ruolo|Função|Rola|Роль|役割|角色`,
  site: `Site|Location|Building|Standort|Ort|Lokation|Gebäude|Emplacement|Lieu|Bâtiment|Sitio|
    Ubicación|Sede|Sito|Luogo|Locatie|Gebouw|Local|Localização|Lokalita|Místo|Lokalizacja|Площадка|
    Местоположение|Konum|サイト|拠点|場所|站点|位置`,
  tenant: `Tenant|Customer|Client|Mandant|Kunde|Locataire|Cliente|Inquilino|Klant|Zákazník|Klient|
    Клиент|Арендатор|Müşteri|テナント|顧客|租户|客户`,
  account: `Account|Cloud account|Account ID|AWS account|Subscription|Project|GCP project|Konto`,
  region: `Region|AWS region|Cloud region|Région|Región|Regione|Regio|Região|Регион|リージョン|区域|地域`,
  source_id: `Resource ID|Subnet ID|VPC ID|External ID`,
});

/** The field that a header means. */
export type Field = typeof HEADERS extends ReadonlyMap<string, infer Meaning> ? Meaning : never;

/** What people write for a status. */
export const STATUSES = wordTable({
  active: `active|in use|used|in service|live|production|up|on|yes|enabled|assigned|allocated|ok|
    aktiv|in Betrieb|in Benutzung|genutzt|belegt|vergeben|actif|utilisé|en service|activo|en uso|
    attivo|in uso|actief|in gebruik|ativo|em uso|aktivní|používá se|aktywny|używany|активен|активный|
    используется|aktif|kullanımda|активний|使用中|アクティブ|在用|활성`,
  planned: `planned|planning|future|proposed|requested|draft|geplant|in Planung|planifié|prévu|
    planificado|previsto|pianificato|gepland|planejado|plánováno|planowany|planowane|запланировано|
    planlandı|заплановано|予定|計画中|计划|已规划|规划中`,
  reserved: `reserved|hold|on hold|reserviert|réservé|reservado|riservato|gereserveerd|rezervováno|
    zarezerwowany|зарезервировано|резерв|rezerve|予約|予約済|预留|保留|예약됨`,
  deprecated: `deprecated|retired|decommissioned|obsolete|old|legacy|unused|disabled|down|inactive|
    veraltet|stillgelegt|abgekündigt|außer Betrieb|inaktiv|obsolète|désaffecté|hors service|inactif|
    obsoleto|retirado|inactivo|dismesso|inattivo|verouderd|buiten gebruik|inativo|descontinuado|
    zastaralé|nieaktywny|wycofany|устарело|выведено|неактивен|kullanımdan kaldırıldı|застарілий|
    廃止|廃止予定|已弃用|停用|退役`,
  container: `container|aggregate|supernet|Kontejner|Contenedor|Contenitore`,
  free: `free|available|unallocated|unassigned|spare|frei|verfügbar|libre|disponible|libero|
    disponibile|vrij|beschikbaar|livre|disponível|volné|wolny|wolne|свободно|boş|вільно|空き|空闲|可用`,
});

/** What people write for a kind of pool. */
export const KINDS = wordTable({
  container: `container|aggregate|supernet|block|pool|summary|root`,
  vpc: `vpc|vnet|virtual network|vcn`,
  subnet: `subnet|network|lan|segment|subnetz|netz|sous-réseau|subred|sottorete|子网|サブネット`,
  secondary_range: `secondary_range|secondary range|secondary|pods|services|pod range`,
  reservation: `reservation|reserved|reserve|reservierung|reserviert|réservation|reserva`,
});

/** What a row of sums begins with. */
export const TOTALS: ReadonlySet<string> = new Set(
  wordTable({
    total: `total|totals|sum|sums|grand total|subtotal|summe|gesamt|gesamtsumme|zwischensumme|somme|
      suma|totale|somma|totaal|celkem|součet|razem|итого|всего|toplam|усього|разом|合計|总计|合计|합계`,
  }).keys(),
);

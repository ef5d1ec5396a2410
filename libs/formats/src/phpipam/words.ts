import { foldWord, wordTable } from '../text/fold-word';

/** The headers of phpIPAM's sheets, as its languages have them. */
export const HEADERS = wordTable({
  section: `Section|Sektion|Sección|Seção|Sectie|Sezione|Sekce|Раздел|セクション|区域|分区|區段`,
  subnet: `Subnet|Subnetz|Sous-réseau|Subred|Sub-rede|Subrede|Sottorete|Podsíť|Подсеть|サブネット|子网|子網路`,
  description: `Description|Beschreibung|Descripción|Descrição|Omschrijving|Beschrijving|Descrizione|
    Popis|Описание|説明|描述|说明|敘述`,
  vlan: `VLAN`,
  domain: `VLAN Domain|L2 Domain|Domain|VLAN-Domäne|Domäne|Domaine VLAN|Domaine|Dominio VLAN|Dominio|
    Domínio VLAN|Domínio|VLAN domein|Domein|VLAN doména|Doména|Домен VLAN|Домен|VLANドメイン|ドメイン|VLAN域|域`,
  vrf: `VRF`,
  master: `Master Subnet|Master Subnetz|Übergeordnetes Subnetz|Sous-réseau maître|Subred maestra|
    Subrede mestre|Hoofdsubnet|Subnet principale|Hlavní podsíť|Основная подсеть|Мастер подсеть|
    マスターサブネット|主子网|上级子网`,
  requests: `Requests|Anfragen|Requêtes|Demandes|Peticiones|Solicitudes|Requisições|Pedidos|
    Aanvragen|Verzoeken|Richieste|Požadavky|Запросы|リクエスト|请求`,
  host_check: `Host check|Hosts check|Hostcheck|Host-Prüfung|Проверка хостов|主机检查`,
  discover: `Discover|Scan`,
  customer: `Customer|Kunde|Client|Cliente|Klant|Zákazník|Клиент|顧客|客户`,
  name: `Name|Nom|Nombre|Nome|Naam|Jméno|Název|Имя|Название|名前|名称|名字`,
  number: `Number|Nummer|Numéro|Número|Numero|Číslo|Номер|番号|数字|编号`,
  rd: `RD`,
  parent: `Parent|Übergeordnet|Padre|Pai|Ouder|Genitore|Rodič|Родитель|親|父级`,
  address: `IP Address|IP Adresse|IP-Adresse|Adresse IP|Dirección IP|Endereço IP|IP adres|Indirizzo IP|
    IP adresa|IP адрес|IP-адрес|IPアドレス|IP地址`,
  hostname: `Hostname|Host name|Nom d'hôte|Nombre de host|Nome host|Имя хоста|ホスト名|主机名`,
  mac: `MAC|MAC address|MAC-Adresse`,
  owner: `Owner|Besitzer|Eigentümer|Propriétaire|Propietario|Proprietário|Eigenaar|Proprietario|
    Vlastník|Владелец|所有者|拥有者`,
  device: `Device|Switch|Gerät|Équipement|Dispositivo|Apparaat|Zařízení|Устройство|デバイス|设备`,
  note: `Note|Notes|Notiz|Nota|Notitie|Poznámka|Примечание|メモ|备注`,
  port: `Port|Puerto|Porta|Poort|Порт|ポート|端口`,
  state: `Tag|IP state|State|Status|Zustand|État|Estado|Stato|Stav|Состояние|状態|状态`,
  gateway: `Gateway|Is gateway|Passerelle|Puerta de enlace|Шлюз|ゲートウェイ|网关`,
});

/** What stands where an address is a gateway. */
const YES = `Yes|Ja|Oui|Sí|Si|Sim|Sì|Ano|Да|はい|是|1|true`;
export const YES_WORDS: ReadonlySet<string> = new Set(YES.split('|').map(foldWord));

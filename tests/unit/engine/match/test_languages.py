"""Column names of each language: what is sure, what only looks alike, and what the files must keep to."""

from __future__ import annotations

from itertools import combinations

import pytest

from headgate.engine.match import SourceColumn, match_columns
from headgate.engine.match.language_files import language_codes, language_file
from headgate.engine.match.vocabulary import vocabulary_for
from headgate.schema import parse_schema

SURE = {
    "pt": {
        "Sobrenome": "last_name", "Telemóvel": "mobile", "CEP": "zip", "Razão Social": "legal_name", "Qtde.": "quantity",
        "Nº do Pedido": "order+number", "Data de Nascimento": "birth_date", "Endereço de Cobrança": "billing+address",
        "Criado em": "created", "Valor Líquido": "net+amount", "Nome do Cliente": "customer+name",
    },
    "it": {
        "Cognome": "last_name", "Nome": "first_name", "Cellulare": "mobile", "P. IVA": "vat_id", "Codice Fiscale": "tax_id",
        "CAP": "zip", "Numero fattura": "invoice+number", "Indirizzo di spedizione": "shipping+address",
        "Data ultima modifica": "updated", "Importo lordo": "gross+amount", "Cod. Cliente": "customer+code",
    },
    "nl": {
        "Voornaam": "first_name", "Achternaam": "last_name", "Land": "country", "Factuurnr.": "invoice+number",
        "Bedrag excl. BTW": "net+amount", "BTW-nummer": "vat_id", "Afleveradres": "shipping+address",
        "Gewijzigd op": "updated", "Klantnummer": "customer+number", "Doorkiesnummer": "extension",
    },
    "pl": {
        "Imię": "first_name", "Nazwisko": "last_name", "Kod pocztowy": "zip", "NIP": "tax_id", "Nr tel.": "phone",
        "Numer zamówienia": "order+number", "Cena brutto": "gross+price", "Data utworzenia": "created",
        "Adres dostawy": "shipping+address", "Nazwa klienta": "customer+name", "Data urodzenia": "birth_date",
    },
    "ja": {
        "氏名": "full_name", "姓": "last_name", "名": "first_name", "メールアドレス": "email", "ﾒｰﾙｱﾄﾞﾚｽ": "email",
        "ＦＡＸ番号": "fax", "請求先住所": "billing+address", "お届け先住所": "shipping+address", "税抜金額": "net+amount",
        "顧客コード": "customer+code", "更新日時": "updated", "注文 番号": "order+number",
    },
    "zh": {
        "姓名": "full_name", "手机号": "mobile", "手機號碼": "mobile", "邮箱": "email", "邮编": "zip", "传真": "fax",
        "收货地址": "shipping+address", "账单地址": "billing+address", "创建时间": "created", "更新时间": "updated",
        "客户编号": "customer+number", "含税金额": "gross+amount",
    },
    "sv": {
        "Förnamn": "first_name", "Efternamn": "last_name", "Postnummer": "zip", "Förfallodatum": "due+date", "Kundnr": "customer+number",
        "E-postadress": "email", "Månadslön": "monthly+salary", "Leveransadress": "shipping+address",
    },
    "da": {
        "Fornavn": "first_name", "Firmanavn": "company", "CVR-nr.": "organization_number", "Oprettet": "created", "Stykpris": "unit+price",
    },
    "no": {"Etternavn": "last_name", "Poststed": "city", "Fødselsdato": "birth_date", "Merverdiavgift": "vat"},
    "fi": {"Etunimi": "first_name", "Sähköposti": "email", "Laskutusosoite": "billing+address", "Eräpäivä": "due+date", "ALV": "vat"},
    "cs": {"Příjmení": "last_name", "PSČ": "zip", "Hrubá mzda": "gross+salary", "DIČ": "vat_id", "IČO": "organization_number"},
    "hu": {"Irányítószám": "zip", "Adószám": "tax_id", "Számlázási cím": "billing+address", "Egységár": "unit+price"},
    "ro": {"Prenume": "first_name", "Cod poștal": "zip", "Județ": "county", "Adresa de livrare": "shipping+address"},
    "tr": {"Soyadı": "last_name", "Doğum Tarihi": "birth_date", "Vergi No": "tax_id", "Birim Fiyat": "unit+price", "KDV Oranı": "vat+rate"},
    "ru": {"Фамилия": "last_name", "Отчество": "middle_name", "ИНН": "tax_id", "Цена без НДС": "net+price", "Дата рождения": "birth_date"},
    "uk": {"Прізвище": "last_name", "По батькові": "middle_name", "Поштовий індекс": "zip", "Дата народження": "birth_date"},
    "ko": {"생년월일": "birth_date", "휴대폰번호": "mobile", "우편번호": "zip", "주문번호": "order+number", "수정일": "updated"},
}  # fmt: skip

LOOKALIKES = [
    ("pt", "Apelido", "Last Name"),
    ("pt", "Atualizado em", "Created At"),
    ("pt", "Endereço de Entrega", "Billing Address"),
    ("pt", "Nome", "First Name"),
    ("it", "Genere", "Gender"),
    ("it", "Luogo di nascita", "Date of Birth"),
    ("it", "Importo netto", "Gross Amount"),
    ("it", "Indirizzo di fatturazione", "Shipping Address"),
    ("nl", "Faxnummer", "Phone"),
    ("nl", "BTW", "VAT Number"),
    ("nl", "Telefoon thuis", "Work Phone"),
    ("nl", "Begindatum", "End Date"),
    ("pl", "Nazwa", "Last Name"),
    ("pl", "Miejsce urodzenia", "Date of Birth"),
    ("pl", "Kod klienta", "Customer Name"),
    ("pl", "Data dostawy", "Ship Date"),
    ("ja", "フリガナ", "Full Name"),
    ("ja", "作成者", "Created At"),
    ("ja", "請求先住所", "Shipping Address"),
    ("ja", "内線番号", "Phone"),
    ("zh", "邮编", "Email"),
    ("zh", "序号", "Number"),
    ("zh", "修改人", "Updated At"),
    ("zh", "税额", "Tax Rate"),
    ("sv", "Er referens", "Our reference"),
    ("sv", "Nettolön", "Gross salary"),
    ("da", "Sidst ændret", "Created At"),
    ("da", "Momsnr.", "VAT"),
    ("no", "Innkjøpspris", "Sales price"),
    ("fi", "Toimitusosoite", "Billing Address"),
    ("cs", "Název", "First Name"),
    ("cs", "Čistá mzda", "Gross salary"),
    ("hu", "Szállítási cím", "Billing Address"),
    ("ro", "Cod TVA", "VAT rate"),
    ("tr", "Alış Fiyatı", "Sales price"),
    ("tr", "Müşteri No", "Customer Name"),
    ("ru", "Имя пользователя", "First Name"),
    ("ru", "Дата создания", "Updated At"),
    ("uk", "Змінено", "Created At"),
    ("ko", "팩스번호", "Phone"),
    ("ko", "가입일", "Birth Date"),
]


@pytest.mark.parametrize("language", SURE)
def test_usual_headers_are_sure(language: str) -> None:
    vocabulary = vocabulary_for(list(SURE[language]))
    meanings = {header: vocabulary.meaning(header) for header in SURE[language]}
    assert {header: "+".join(meaning.concepts) for header, meaning in meanings.items()} == SURE[language]
    assert all(meaning.sure for meaning in meanings.values())


@pytest.mark.parametrize(("language", "header", "label"), LOOKALIKES)
def test_lookalikes_are_not_taken(language: str, header: str, label: str) -> None:
    headers = [header, *(other for other in SURE[language] if other != header)]
    fields = parse_schema([{"label": label, "key": "wanted"}], {}).fields
    columns = [SourceColumn(index, text, ()) for index, text in enumerate(headers)]
    for setting in ("en", language):
        assert match_columns(columns, fields, language=setting)[0].status != "accepted"


@pytest.mark.parametrize("header", ["Nome", "Data", "CAP", "Via", "Soort", "Land", "Cor", "Stato"])
def test_a_text_that_needs_its_language_means_nothing_without_it(header: str) -> None:
    assert not vocabulary_for(["Email", "Customer ID", header]).meaning(header).known


def test_an_ambiguous_text_that_two_spoken_languages_read_differently_means_nothing() -> None:
    # Portuguese "Nome" is the name, Italian "Nome" the first name; each language knows two names here.
    vocabulary = vocabulary_for(["Nome", "Endereço", "Quantidade", "Cognome", "Indirizzo"])
    assert not vocabulary.meaning("Nome").known


def test_the_setting_decides_where_the_headers_do_not() -> None:
    assert vocabulary_for(["Nome"], "it").meaning("Nome").concepts == ("first_name",)
    assert vocabulary_for(["Nome"], "pt").meaning("Nome").concepts == ("name",)
    assert vocabulary_for(["姓", "名"], "zh_TW").meaning("姓").concepts == ("last_name",)


def test_what_was_asked_before_changes_no_meaning() -> None:
    before = vocabulary_for(["Frobnicate", "Nome"])
    vocabulary_for(["Cognome", "Indirizzo", "Nome"], "it")
    assert vocabulary_for(["Frobnicate", "Nome"]).meaning("Nome") == before.meaning("Nome")


def test_a_clear_text_means_the_same_in_every_language() -> None:
    for first, second in combinations(language_codes(), 2):
        one, other = language_file(first).names, language_file(second).names
        differing = {text for text in one.keys() & other.keys() if one[text] != other[text]}
        assert not differing, (first, second)


@pytest.mark.parametrize("language", language_codes())
def test_a_language_names_only_concepts_that_english_or_another_language_has(language: str) -> None:
    others = {
        concept
        for code in language_codes()
        if code != language
        for meaning in language_file(code).names.values()
        for concept in meaning
    }
    national = {"es": {"nif", "cif", "rfc", "1", "2"}, "fr": {"siret", "siren"}}.get(language, set())
    file = language_file(language)
    used = {concept for section in (file.names, file.alone, file.ambiguous) for m in section.values() for concept in m}
    if language != "en":
        assert used - others <= national

"""Invented names, each a function of a client's number: the same number is the same client.

Firms are made of syllables and people of surnames drawn apart, so that none is meant to exist.
Domains end in .example (RFC 2606) and telephones begin with 000, which nobody can be given.
"""

_HEADS = (
    "ANDU", "BRIVA", "CALTO", "CHIRA", "DORVE", "ESTRU", "FANDO", "GRELI", "HUAYLE", "ISTRO",
    "JORVA", "KUNTA", "LLAMBE", "MERQUI", "NORVA", "ÑUSTA", "ORBE", "PURUA", "QUINTRA", "RUMBE",
    "SULLA", "TARVI", "URPAY", "VENDRI",
)  # fmt: skip
_MIDDLES = (
    "", "BA", "CO", "DE", "FI", "GÜE", "LÁN", "MO", "NI", "ÑA", "PE", "RO", "SÍ", "TA", "VI", "ZU",
)  # fmt: skip
_TAILS = (
    "DAL", "MEL", "NORT", "PAX", "QUÉN", "RIEL", "SUR", "TEX", "VAL", "XIA",
    "BRÁN", "CUY", "FER", "LUZ", "MAR", "NÚ", "PLAN", "RUN", "TREX", "ZÓN",
)  # fmt: skip
_ACTIVITIES = (
    "AGROEXPORTACIONES", "ALIMENTOS", "CONSTRUCCIONES", "CURTIEMBRE", "DISTRIBUCIONES",
    "EDUCACIÓN", "FERRETERÍA", "HOTELES", "INGENIERÍA & MINERÍA", "LOGÍSTICA", "MADERAS",
    "METALMECÁNICA", "PESQUERA", "SERVICIOS GENERALES", "TEXTILES", "TRANSPORTES", "VIÑEDOS",
)  # fmt: skip
_FORMS = ("S.A.C.", "S.A.", "E.I.R.L.", "S.R.L.", "S.A.C.", "& CÍA. S.A.C.", "& HNOS. S.R.L.")
_SURNAMES = (
    "ACUÑA", "BRICEÑO", "CHÁVARRI", "CCORIMANYA", "D'ÁNGELO", "ESPINOZA", "FARFÁN", "GÜERE",
    "HUAMÁN", "IBÁÑEZ", "JÁUREGUI", "KCACHA", "LLERENA", "MUÑOZ", "NÚÑEZ", "ÑAUPARI", "O´HIGGINS",
    "PEÑA", "QUISPE", "RUMICHE", "SÁNCHEZ", "TICONA", "URQUÍA", "VÁSQUEZ", "YUPANQUI", "ZÚÑIGA",
    "DE LA ROSA", "PUMACCAHUA", "AGÜERO", "MC'LAREN", "SALDAÑA",
)  # fmt: skip
_GIVEN = (
    "ADELÍ", "BRUNELA", "CIRO", "DALÍ", "EFRÁN", "FLORIÁN", "GRETEL", "HERNÁN", "INTI", "JOSÍAS",
    "KILLA", "LUZMILA", "MAITÉ", "NÉSTOR", "OLLANTA", "PÍA", "QORI", "RUFINO", "SAYRI", "TULA",
    "ÚRSULA", "VIDAL", "WAYRA", "XIOMARA", "YMA", "ZENÓN", "BEGOÑA", "TÚPAC", "SIMÓN",
)  # fmt: skip
_STREETS = ("Av. Los Cantutales", "Jr. Chasquillo", "Calle Las Retamillas", "Av. El Ñorbal",
            "Pasaje Güishpe", "Calle Mar de Ruina", "Jr. O´Brienes")  # fmt: skip
_DISTRICTS = ("Miraflores, Lima", "Cayma, Arequipa", "Wanchaq, Cusco", "Breña, Lima",
              "Víctor Larco, Trujillo", "San Isidro, Lima", "Ferreñafe, Lambayeque")  # fmt: skip
_ASCII = str.maketrans("áéíóúüñ", "aeiouun", " '´&.,")


def _pick(words: tuple[str, ...], number: int) -> tuple[str, int]:
    """One word, and what is left of the number for the next pick."""
    rest, index = divmod(number, len(words))
    return words[index], rest


def firm_word(number: int) -> str:
    """An invented trade name: 7,680 of them."""
    head, number = _pick(_HEADS, number)
    middle, number = _pick(_MIDDLES, number)
    return head + middle + _TAILS[number % len(_TAILS)]


def company_name(number: int) -> str:
    rest = number // (len(_HEADS) * len(_MIDDLES))
    activity, rest = _pick(_ACTIVITIES, rest + number)
    form = _FORMS[(rest + number) % len(_FORMS)]
    return f"{activity} {firm_word(number)} {form}"


def person_name(number: int) -> str:
    """Surnames first, as insurers print them."""
    father, number = _pick(_SURNAMES, number)
    given, number = _pick(_GIVEN, number)
    mother, number = _pick(_SURNAMES, number)
    return f"{father} {mother}, {given} {_GIVEN[number % len(_GIVEN)]}"


def clerk_name(number: int) -> str:
    """An executive of the insurer: given name and one surname."""
    given, number = _pick(_GIVEN, number)
    return f"{given} {_SURNAMES[number % len(_SURNAMES)]}"


def slug(name: str) -> str:
    """Lower-case ASCII letters of a name, for an invented domain."""
    return name.lower().translate(_ASCII)


def company_email(number: int) -> str:
    return f"pagos@{slug(firm_word(number))}.example"


def person_email(number: int) -> str:
    surnames, _, given = person_name(number).partition(", ")
    return f"{slug(given.split()[0])}.{slug(surnames.split()[0])}{number % 97}@correo.example"


def telephone(number: int) -> str:
    return f"+51 1 000{number % 10_000:04d}"


def address(number: int) -> str:
    """Line of a street that does not exist, in a district that does."""
    street, rest = _pick(_STREETS, number)
    district, rest = _pick(_DISTRICTS, rest)
    return f"{street} {100 + rest % 1900}, {district}"

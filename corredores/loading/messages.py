"""What a person reads for each code. docs/operations.md says what to do about it."""

from .shape import Kind

CELL_MESSAGES = {
    "requerido": "es obligatorio y está vacío",
    "largo": "es demasiado largo: se espera {expects}",
    "valor": "no es un valor admitido: se espera {expects}",
    "importe": "no es un importe admitido: se espera {expects}",
    "decimal": "no es un número admitido: se espera {expects}",
    "entero": "no es un número admitido: se espera {expects}",
    "fecha": "no es una fecha: se espera {expects}",
    "fecha_rango": "está fuera de lo posible: se espera {expects}",
    "fecha_hora": "no es un momento: se espera {expects}",
    "comprobante": "no es un número de comprobante: se espera {expects}",
    "serie": "no es una serie: se espera {expects}",
    "ruc": "no es un RUC: se espera {expects}",
    "documento": "el dígito de control o el largo no es el de este tipo de documento",
    "control": "tiene un carácter de control, que no es texto",
    "texto_dudoso": "parece texto leído en otra codificación, como «Ã±» por «ñ»",
    "duplicado": "la misma clave está dos veces en el archivo, con otro contenido",
    "repetido": "la misma fila está dos veces en el archivo; se lee una vez",
}


def sentence(kind: Kind, header: str, code: str) -> str:
    """The message of a problem that is not a rule's."""
    expects = next((c.cell.expects for c in kind.columns if c.header == header), "")
    return CELL_MESSAGES[code].format(expects=expects)

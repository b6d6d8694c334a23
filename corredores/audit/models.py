"""One thing that somebody did: a line of the trail."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Action(models.TextChoices):
    """What was done, as stored."""

    SIGN_IN = "INGRESO", "Ingreso"
    SIGN_IN_FAILED = "INGRESO_FALLIDO", "Ingreso fallido"
    BRAKED = "FRENADO", "Frenado por exceso"
    SIGN_OUT = "SALIDA", "Salida"
    REFUSED = "RECHAZADO", "Acceso rechazado"
    SEARCH = "BUSQUEDA", "Búsqueda"
    READ = "CONSULTA", "Consulta de un registro"
    EXPORT = "DESCARGA", "Descarga de una lista"
    PAPER = "DOCUMENTO", "Descarga de un documento"
    SEEN_AS = "VER_COMO", "Ver como una corredora"
    CHANGED_PLACE = "CAMBIO_CORREDORA", "Cambio de corredora"
    INVITED = "INVITACION", "Invitación"
    JOINED = "ALTA", "Alta de una persona"
    CHANGED_PERSON = "CAMBIO_PERSONA", "Cambio de permisos"
    REMOVED = "BAJA", "Retiro de una persona"
    CREDENTIALS = "CREDENCIALES", "Cambio de contraseña o segundo factor"
    ENDED_SESSION = "SESION_CERRADA", "Cierre de otra sesión"
    LOADED = "CARGA", "Carga de datos"
    ADMINISTERED = "ADMINISTRACION", "Cambio en la administración"
    AUDITED = "AUDITORIA", "Lectura de la auditoría"
    PURGED = "DEPURACION", "Depuración de la auditoría"
    MAINTAINED = "MANTENIMIENTO", "Mantenimiento"


class Event(models.Model):
    """One line of the trail. Written by `actions.record`, never by the ORM.

    The database gives position, time and hash, and refuses every change (0001_trail.sql).
    Names stand as they were: a person or brokerage that is renamed or gone stays readable.

    details: {"texto": sentence, "parametros": criteria as given, "lista_larga": true}.
    subjects: fingerprints of the documents of the people whose data were shown.
    previous, hash: SHA-256 of the line before, and of this line with `previous`.
    """

    id = models.BigIntegerField("posición", primary_key=True)
    at = models.DateTimeField("fecha y hora")
    action = models.CharField("acción", max_length=20, choices=Action)
    user_id = models.BigIntegerField(null=True)
    username = models.CharField("usuario", max_length=254)
    brokerage_id = models.BigIntegerField(null=True)
    brokerage_name = models.CharField("corredora", max_length=1500)
    object = models.CharField("objeto", max_length=300)
    details = models.JSONField("detalle", default=dict)
    rows = models.BigIntegerField("filas", null=True)
    subjects = ArrayField(models.BigIntegerField(), default=list)
    address = models.CharField("dirección", max_length=45)
    agent = models.CharField("navegador", max_length=200)
    reference = models.CharField("referencia", max_length=16)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        managed = False
        verbose_name = "evento"
        verbose_name_plural = "eventos"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.id} {self.action} {self.username}"

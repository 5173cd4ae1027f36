class BitrixAPIError(Exception):
    error: str

class BitrixAPIWrongAuthType(BitrixAPIError): ...

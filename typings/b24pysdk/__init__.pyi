"""The part of Bitrix24's SDK that the fake is tried with."""

from opblok.cli import main

main()

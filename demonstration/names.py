"""The first and last names of which the crowd's names are made; any likeness to a living walker is chance."""

from __future__ import annotations

FIRST_NAMES = tuple(
    """
    Abena Adaeze Agnes Aidan Aisha Alan Alice Alun Amit Ana Angus Anil Anneliese Anwen Arjun Astrid Barbara Bashir
    Bela Bernard Bilal Blessing Bogdan Brenda Brian Bridget Carys Catherine Charles Chidi Chloe Colin Cormac Dafydd
    Daisy Daniela David Deepa Delia Dilys Doris Dylan Edith Efua Eileen Elena Elif Elspeth Emeka Emlyn Enid Erik Esther
    Eun-ji Fatima Fergus Finlay Fiona Florence Frank Gemma George Giulia Gloria Graham Gwen Hamish Hassan Hazel Hector
    Helga Henry Hilda Ian Imogen Ines Irena Isla Jacek Jamila Janet Jasper Javier Jean Jiro Joyce Kamal Karen Kateryna
    Keira Kenneth Kofi Kirsty Kiran Laszlo Leila Lewis Lottie Luca Magda Mahmoud Mairi Malik Margaret Maria Marlon
    Mary Megan Mei Mick Miriam Mohammed Morag Morwenna Nadia Nasreen Neil Nia Nigel Nisha Norman Olga Olive Omar Owen
    Padma Pauline Pedro Phoebe Rajesh Ravi Rebecca Reginald Renata Rhiannon Robert Rohan Ruth Sabine Sadia Sally
    Santiago Sarah Seamus Selina Shirley Sibongile Simon Stella Stephen Sunita Susan Svetlana Tariq Temi Thomas Tove
    Una Uzma Valerie Vanessa Vijay Viktor Walter Wen Wilfred Yasmin Yvonne Zainab Zoë
    """.split()  # noqa: SIM905 (names are read as names, not as a column of quotation marks)
)

LAST_NAMES = tuple(
    """
    Abara Abbott Ackroyd Ahmed Alderson Anand Armitage Ashworth Baptiste Barraclough Begum Bevan Birtwistle Boateng
    Bowen Braithwaite Broadbent Byrne Cadwallader Caldwell Campbell Chaudhry Chen Clegg Cockcroft Cooper Crowther
    D'Souza Danjuma Davies Dewhurst Docherty Dosanjh Dyer Eastwood Ekong Ellis Entwistle Evans Farrow Fairclough
    Fernandes Ferreira Fofana Forsyth Gallagher Ghosh Gill Goddard Gomez Greenhalgh Griffiths Gupta Hallam Hargreaves
    Harper Hashemi Heaton Holroyd Horrocks Hussain Ibrahim Iyer Jackson James Jankowski Jarrett Jepson Jones Joshi Kaur
    Kendrick Khan Kilpatrick Kowalski Lam Larkin Lewis Llewellyn Longstaff Lumb Mackenzie Mahmood Malhotra Marsden
    McAllister Mensah Metcalfe Mistry Moore Morgan Naylor Nicholls Nowak Nuttall O'Hara O'Rourke Ogden Okafor Olsen
    Owusu Palmer Parekh Parkinson Patel Pearce Petrov Pickles Popescu Quigley Rashid Redfern Reid Rhodes Rigby Roberts
    Rossi Salter Sanderson Santos Sato Scholes Shah Sharma Shaw Sinclair Singh Slater Smith Sutcliffe Tanner Taylor
    Thackray Thomas Tomkinson Tran Trelawny Uddin Unsworth Varga Wainwright Walsh Watanabe Weston Whitehead Widdowson
    Williams Wilson Wong Wrigley Yates Yilmaz Young Zhou
    """.split()  # noqa: SIM905 (names are read as names, not as a column of quotation marks)
)
